import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { outbox } from './table.ts'

export interface OutboxRow {
  id: number
  topic: string
  payload: unknown
}

export interface OutboxTake {
  /** What the caller can handle: rows of a newer release wait for a newer relay. */
  topics: string[]
  limit: number
  /** Projects whose rows are left alone. */
  notOfProjects?: number[]
}

/** Takes rows, oldest first, that no other relay holds. They stay locked until `tx` ends. */
export async function takeOutboxRows(tx: Writer, take: OutboxTake): Promise<OutboxRow[]> {
  const rows = await writeRows<OutboxRow>(
    tx,
    sql`
    select id, topic, payload from outbox
    where topic in ${take.topics} and ${elsewhere(take.notOfProjects ?? [])}
    order by id limit ${take.limit} for update skip locked`,
  )
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    payload: typeof row.payload === 'string' ? JSON.parse(row.payload) : row.payload,
  }))
}

function elsewhere(projectIds: number[]): SQL {
  if (projectIds.length === 0) return sql`true`
  // Rows of no project are never in the way.
  return sql`coalesce((payload ->> 'projectId')::int not in ${projectIds}, true)`
}

export async function deleteOutboxRows(tx: Writer, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.delete(outbox).where(inArray(outbox.id, ids))
}

export async function insertOutboxRow(tx: Writer, topic: string, payload: unknown): Promise<void> {
  await tx.insert(outbox).values({ topic, payload })
}

/** How many rows wait, and for how long the oldest has, seconds. */
export async function measureOutbox(db: Reader): Promise<{ rows: number; oldestSeconds: number }> {
  const [row] = await selectRows<{ rows: number; oldest: number }>(
    db,
    sql`
    select count(*)::int as rows,
      coalesce(extract(epoch from clock_timestamp() - min(created)), 0)::float8 as oldest
    from outbox`,
  )
  return { rows: row?.rows ?? 0, oldestSeconds: row?.oldest ?? 0 }
}

/** Takes a waiting event away before it is relayed; one that is being relayed just now is waited for.
 *  `match` is a part of its payload. Undefined: it has been relayed. */
export async function withdrawOutboxRow(
  tx: Writer,
  topic: string,
  match: Record<string, unknown>,
): Promise<unknown> {
  const [row] = await tx
    .delete(outbox)
    .where(and(eq(outbox.topic, topic), sql`${outbox.payload} @> ${JSON.stringify(match)}::jsonb`))
    .returning({ payload: outbox.payload })
  return row?.payload
}
