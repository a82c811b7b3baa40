import { inArray, sql } from 'drizzle-orm'
import { writeRows } from '../db/raw.ts'
import type { Writer } from '../db/types.ts'
import { outbox } from './table.ts'

export interface OutboxRow {
  id: number
  topic: string
  payload: unknown
}

/** Takes up to `limit` rows, oldest first, that no other relay holds. They stay locked until `tx` ends. */
export function takeOutboxRows(tx: Writer, limit: number): Promise<OutboxRow[]> {
  return writeRows<OutboxRow>(
    tx,
    sql`select id, topic, payload from outbox order by id limit ${limit} for update skip locked`,
  ).then((rows) =>
    rows.map((row) => ({
      ...row,
      payload: typeof row.payload === 'string' ? JSON.parse(row.payload) : row.payload,
    })),
  )
}

export async function deleteOutboxRows(tx: Writer, ids: number[]): Promise<void> {
  if (ids.length > 0) await tx.delete(outbox).where(inArray(outbox.id, ids))
}

export async function insertOutboxRow(tx: Writer, topic: string, payload: unknown): Promise<void> {
  await tx.insert(outbox).values({ topic, payload })
}
