import type { Readable } from 'node:stream'
import type {
  RowVerdict,
  UpsertOptions,
  UpsertSummary,
} from '@manyhands/shared/bulk-tasks/contract'
import { compareTasks, storeTasks, type Upserted } from '@manyhands/shared/bulk-tasks/upsert-tasks'
import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import { AppError } from '@manyhands/shared/errors/errors'
import type { ServiceContext } from '../http/env.ts'
import { forgetProject, getProjectToChange } from '../projects/service.ts'
import { readCsvRows, readJsonRows, type UpsertRow } from './read-rows.ts'
import { spool } from './spool.ts'

export type UpsertFormat = 'ndjson' | 'csv'

/** Rows that are stored together, and so lost together when a process dies in between. */
const BATCH_ROWS = 1_000
const BATCH_BYTES = 4_000_000

/** Creates and changes tasks by the owner's keys, some at a time, and says of each row what became of it;
 *  the last line is a summary. What was stored stays stored when a later row fails: the same body may be
 *  sent again. Throws NotFoundError, ForbiddenError, TooLargeError, before the first line. */
export async function upsertTasks(
  ctx: ServiceContext,
  projectId: number,
  format: UpsertFormat,
  body: ReadableStream<Uint8Array> | null,
  options: UpsertOptions,
): Promise<AsyncGenerator<string>> {
  await getProjectToChange(ctx, projectId)
  const content = await spool(body, ctx.config.MAX_IMPORT_BYTES)
  return writeVerdicts(ctx, projectId, readRows(format, content), options)
}

function readRows(format: UpsertFormat, content: Readable): AsyncGenerator<UpsertRow> {
  return format === 'csv' ? readCsvRows(content) : readJsonRows(content)
}

async function* writeVerdicts(
  ctx: ServiceContext,
  projectId: number,
  rows: AsyncIterable<UpsertRow>,
  options: UpsertOptions,
): AsyncGenerator<string> {
  const summary: UpsertSummary = {
    status: 'done',
    created: 0,
    updated: 0,
    unchanged: 0,
    errors: 0,
    dry_run: options.dry_run,
    next_line: options.from_line,
  }
  try {
    for await (const batch of batches(rows, options.from_line)) {
      const verdicts = await judge(ctx, projectId, batch, options.dry_run)
      for (const { status } of verdicts) summary[status === 'error' ? 'errors' : status]++
      summary.next_line = (batch.at(-1)?.line ?? 0) + 1
      yield verdicts.map((verdict) => `${JSON.stringify(verdict)}\n`).join('')
    }
  } catch (error) {
    // The answer has begun, so its status is sent: what went wrong is said in its last line.
    ctx.log.error({ err: error, projectId, request_id: ctx.requestId }, 'a bulk upload broke off')
    summary.status = 'failed'
    summary.message =
      error instanceof AppError ? error.message : 'Something went wrong here; send it again'
  } finally {
    if (!options.dry_run) await forgetProject(ctx, projectId)
  }
  yield `${JSON.stringify(summary)}\n`
}

async function judge(
  ctx: ServiceContext,
  projectId: number,
  batch: UpsertRow[],
  dryRun: boolean,
): Promise<RowVerdict[]> {
  const tasks = batch.flatMap(({ task }) => task ?? [])
  const outcomes = await (dryRun
    ? compareTasks(ctx.db.primary, projectId, tasks)
    : retryingDeadlocks(ctx.db.primary, (tx) => storeTasks(tx, projectId, tasks)))
  const next = outcomes.values()
  return batch.map((row) => (row.task ? done(row, next.next().value) : failed(row, row.issues)))
}

function done(row: UpsertRow, outcome: Upserted | undefined): RowVerdict {
  if (!outcome) throw new Error('a row was stored without a verdict')
  return { line: row.line, external_id: row.externalId, ...outcome }
}

function failed(row: UpsertRow, issues: RowVerdict['issues']): RowVerdict {
  return { line: row.line, external_id: row.externalId, status: 'error', id: null, issues }
}

/** A key that comes again begins a new batch: the later row wins, as if they had been sent one by one. */
async function* batches(
  rows: AsyncIterable<UpsertRow>,
  fromLine: number,
): AsyncGenerator<UpsertRow[]> {
  let batch: UpsertRow[] = []
  let keys = new Set<string>()
  let bytes = 0
  for await (const row of rows) {
    if (row.line < fromLine) continue
    const isFull = batch.length >= BATCH_ROWS || bytes >= BATCH_BYTES
    if (isFull || (row.task && keys.has(row.task.external_id))) {
      yield batch
      batch = []
      keys = new Set()
      bytes = 0
    }
    batch.push(row)
    if (!row.task) continue
    keys.add(row.task.external_id)
    bytes += sizeOf(row.task.info)
  }
  if (batch.length > 0) yield batch
}

/** Enough to keep a batch of large rows small. */
function sizeOf(info: unknown): number {
  return typeof info === 'object' && info !== null
    ? JSON.stringify(info).length
    : String(info).length
}
