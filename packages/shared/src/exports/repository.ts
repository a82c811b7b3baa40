import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader, Writer } from '../db/types.ts'
import { projects } from '../projects/table.ts'
import { results } from '../results/table.ts'
import { taskRuns } from '../task-runs/table.ts'
import { tasks } from '../tasks/table.ts'
import type { ExportFormat, ExportType } from './contract.ts'
import { type ExportRow, exports_ } from './table.ts'

export interface ExportOrder {
  projectId: number
  userId: number | null
  type: ExportType
  format: ExportFormat
}

const UNFINISHED = ['waiting', 'running'] as const

/** A new export, or the one of the same kind that still waits or runs. Enqueue `exportProject` for
 *  either, after the commit: a second job for the same export is dropped. */
export async function requestExport(db: Writer, order: ExportOrder): Promise<ExportRow> {
  return await db.transaction(async (tx) => {
    // One request of a kind at a time, so that two together do not both find nothing to join.
    const kind = `export:${order.projectId}:${order.type}:${order.format}`
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${kind}, 0))`)
    const [unfinished] = await tx
      .select()
      .from(exports_)
      .where(
        and(
          eq(exports_.projectId, order.projectId),
          eq(exports_.type, order.type),
          eq(exports_.format, order.format),
          inArray(exports_.state, UNFINISHED),
        ),
      )
      .orderBy(desc(exports_.created))
      .limit(1)
    if (unfinished) return unfinished
    const [row] = await tx
      .insert(exports_)
      .values({
        projectId: order.projectId,
        requestedBy: order.userId,
        type: order.type,
        format: order.format,
      })
      .returning()
    if (!row) throw new Error('insert returned no row')
    return row
  })
}

/** Undefined also for an id that is none. */
export async function findExport(db: Reader, id: string): Promise<ExportRow | undefined> {
  if (!isExportId(id)) return undefined
  const [row] = await db.select().from(exports_).where(eq(exports_.id, id))
  return row
}

/** The exports of a project, newest first. */
export function listExports(db: Reader, projectId: number, limit: number): Promise<ExportRow[]> {
  return db
    .select()
    .from(exports_)
    .where(eq(exports_.projectId, projectId))
    .orderBy(desc(exports_.created), desc(exports_.id))
    .limit(limit)
}

/** The newest finished export of a kind that still shows what is stored: no task, answer or result has
 *  come since it was begun. What leaves no such trace (a task deleted, say) it may show for
 *  `maxAgeSeconds`. */
export async function findFreshExport(
  db: Reader,
  order: Pick<ExportOrder, 'projectId' | 'type' | 'format'>,
  maxAgeSeconds: number,
): Promise<ExportRow | undefined> {
  // A row may be committed as long after its time as a statement may take.
  const settled = sql`(${exports_.started} - interval '15 seconds')`
  const [row] = await db
    .select()
    .from(exports_)
    .where(
      and(
        eq(exports_.projectId, order.projectId),
        eq(exports_.type, order.type),
        eq(exports_.format, order.format),
        eq(exports_.state, 'done'),
        sql`${exports_.started} > now() - make_interval(secs => ${maxAgeSeconds})`,
        sql`not exists (select 1 from ${projects} where ${projects.id} = ${exports_.projectId}
          and ${projects.updated} > ${settled})`,
        sql`not exists (select 1 from ${tasks} where ${tasks.projectId} = ${exports_.projectId}
          and ${tasks.created} > ${settled})`,
        sql`not exists (select 1 from ${taskRuns} where ${taskRuns.projectId} = ${exports_.projectId}
          and ${taskRuns.finishTime} > ${settled})`,
        sql`coalesce((select ${results.created} from ${results}
          where ${results.projectId} = ${exports_.projectId} and ${results.lastVersion}
          order by ${results.id} desc limit 1) <= ${settled}, true)`,
      ),
    )
    .orderBy(desc(exports_.created))
    .limit(1)
  return row
}

/** Stops an export that waits or runs; the worker that runs it sees it within a second and leaves no
 *  file. Undefined when there is none or it has ended. */
export function cancelExport(db: Writer, id: string): Promise<ExportRow | undefined> {
  return change(db, and(eqId(id), inArray(exports_.state, UNFINISHED)), {
    state: 'cancelled',
    finished: sql`now()`,
  })
}

/** One try of a worker to write an export. A later claim takes the export away from the earlier one:
 *  whatever that one still tries to record is refused. */
export interface Claim {
  exportId: string
  /** `started` of the row: grows with every claim. */
  attempt: Date
}

/** Begins an attempt. Undefined when the export has ended, was cancelled or is gone: then there is
 *  nothing to do. */
export async function claimExport(
  db: Writer,
  id: string,
): Promise<{ row: ExportRow; claim: Claim } | undefined> {
  const row = await change(db, and(eqId(id), inArray(exports_.state, UNFINISHED)), {
    state: 'running',
    // Whole milliseconds, as a JavaScript date holds them, and never the same twice.
    started: sql`greatest(date_trunc('milliseconds', clock_timestamp()),
      ${exports_.started} + interval '1 millisecond')`,
    rowsDone: 0,
    rowsTotal: null,
    error: null,
  })
  return row?.started ? { row, claim: { exportId: row.id, attempt: row.started } } : undefined
}

/** Records how far the attempt has come. False when it counts no more: cancelled or taken over. */
export async function recordProgress(
  db: Writer,
  claim: Claim,
  progress: { rowsDone: number; rowsTotal: number | null },
): Promise<boolean> {
  return (await change(db, held(claim), progress)) !== undefined
}

/** Keeps everybody else from cancelling or claiming the export until `tx` ends. False when the attempt
 *  counts no more. */
export async function lockClaim(tx: Writer, claim: Claim): Promise<boolean> {
  const rows = await tx.select({ id: exports_.id }).from(exports_).where(held(claim)).for('update')
  return rows.length > 0
}

export interface Artefact {
  fileName: string
  storageKey: string
  bytes: number
  sha256: string
  rows: number
}

/** The file is there: the export is done. */
export async function finishExport(tx: Writer, claim: Claim, artefact: Artefact): Promise<void> {
  const { rows, ...file } = artefact
  await change(tx, held(claim), {
    ...file,
    state: 'done',
    rowsDone: rows,
    rowsTotal: rows,
    finished: sql`now()`,
  })
}

/** The attempt has ended without a file and another one will follow. */
export async function releaseExport(db: Writer, claim: Claim): Promise<void> {
  await change(db, held(claim), { state: 'waiting' })
}

/** There will be no further attempt. `message` is for the person who waits. */
export async function failExport(db: Writer, id: string, message: string): Promise<void> {
  await change(db, and(eqId(id), inArray(exports_.state, UNFINISHED)), {
    state: 'failed',
    error: message,
    finished: sql`now()`,
  })
}

/** Unfinished exports that nobody has touched for `seconds`: their job may be lost. Oldest first. */
export async function listIdleExports(
  db: Reader,
  seconds: number,
  limit: number,
): Promise<string[]> {
  const before = sql`now() - make_interval(secs => ${seconds})`
  const rows = await db
    .select({ id: exports_.id })
    .from(exports_)
    .where(
      and(
        inArray(exports_.state, UNFINISHED),
        lt(exports_.created, before),
        or(sql`${exports_.started} is null`, lt(exports_.started, before)),
      ),
    )
    .orderBy(asc(exports_.created))
    .limit(limit)
  return rows.map((row) => row.id)
}

/** Ended exports that were requested more than `days` ago, oldest first. */
export function listOldExports(db: Reader, days: number, limit: number): Promise<ExportRow[]> {
  return db
    .select()
    .from(exports_)
    .where(
      and(
        inArray(exports_.state, ['done', 'failed', 'cancelled']),
        lt(exports_.created, sql`now() - make_interval(days => ${days})`),
      ),
    )
    .orderBy(asc(exports_.created))
    .limit(limit)
}

export async function deleteExport(db: Writer, id: string): Promise<void> {
  await db.delete(exports_).where(eqId(id))
}

function isExportId(id: string): boolean {
  return z.guid().safeParse(id).success
}

function eqId(id: string): SQL {
  return isExportId(id) ? eq(exports_.id, id) : sql`false`
}

function held(claim: Claim): SQL | undefined {
  return and(
    eqId(claim.exportId),
    eq(exports_.state, 'running'),
    eq(exports_.started, claim.attempt),
  )
}

type Change = { [Column in keyof ExportRow]?: ExportRow[Column] | SQL }

async function change(
  db: Writer,
  where: SQL | undefined,
  values: Change,
): Promise<ExportRow | undefined> {
  const [row] = await db.update(exports_).set(values).where(where).returning()
  return row
}
