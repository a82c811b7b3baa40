import { createHash } from 'node:crypto'
import { Readable, Transform } from 'node:stream'
import type { Writer } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError, TooLargeError, ValidationError } from '@manyhands/shared/errors/errors'
import type { ImportOutcome, ImportPreview, RowError } from '@manyhands/shared/imports/contract'
import { mayUpdateProject } from '@manyhands/shared/projects/policy'
import { findProjectByShortName } from '@manyhands/shared/projects/repository'
import { insertTasks, listExternalIds, type NewTask } from '@manyhands/shared/tasks/repository'
import type { ServiceContext } from '../http/env.ts'
import { forgetProject } from '../projects/service.ts'
import { readTaskCsv } from './read-csv.ts'

const PREVIEW_ROWS = 10
const SHOWN_ERRORS = 50
const BATCH = 2_000

/** Reads the whole file and stores nothing. Throws NotFoundError, ForbiddenError, TooLargeError. */
export async function previewImport(
  ctx: ServiceContext,
  shortName: string,
  file: ReadableStream,
): Promise<ImportPreview> {
  const project = await findProjectToImport(ctx, shortName)
  const preview: ImportPreview = {
    columns: [],
    rows: [],
    n_rows: 0,
    n_duplicates: 0,
    errors: [],
    n_errors: 0,
  }
  let batch: NewTask[] = []
  const countKnown = async () => {
    const ids = batch.flatMap((task) => task.externalId ?? [])
    preview.n_duplicates += (await listExternalIds(ctx.db.primary, project.id, ids)).length
    batch = []
  }
  for await (const row of readTaskCsv(limited(file, ctx.config.MAX_IMPORT_BYTES))) {
    if (preview.columns.length === 0) preview.columns = Object.keys(row.cells)
    if (row.task) {
      preview.n_rows++
      if (preview.rows.length < PREVIEW_ROWS) preview.rows.push(row.cells)
      batch.push(withExternalId(row.task))
      if (batch.length >= BATCH) await countKnown()
    } else {
      preview.n_errors += row.errors.length
      preview.errors.push(...row.errors.slice(0, SHOWN_ERRORS - preview.errors.length))
    }
  }
  await countKnown()
  return preview
}

/** Stores every row of the file, or with one bad row none of them. A row that was imported before
 *  (same `external_id`, or without one the same content) is left out, so a file may be sent again.
 *  Throws NotFoundError, ForbiddenError, TooLargeError, ValidationError with line and column. */
export async function importTasks(
  ctx: ServiceContext,
  shortName: string,
  file: ReadableStream,
): Promise<ImportOutcome> {
  const project = await findProjectToImport(ctx, shortName)
  const outcome = await ctx.db.primary.transaction(async (tx) => {
    const total: ImportOutcome = { n_created: 0, n_duplicates: 0 }
    const errors: RowError[] = []
    let batch: NewTask[] = []
    for await (const row of readTaskCsv(limited(file, ctx.config.MAX_IMPORT_BYTES))) {
      if (row.task) batch.push(withExternalId(row.task))
      else errors.push(...row.errors)
      // What was stored so far goes back with the transaction.
      if (errors.length >= SHOWN_ERRORS) break
      if (batch.length < BATCH) continue
      await storeBatch(tx, project.id, batch, total)
      batch = []
    }
    refuseErrors(errors)
    await storeBatch(tx, project.id, batch, total)
    return total
  })
  await forgetProject(ctx, project.id)
  return outcome
}

async function storeBatch(
  tx: Writer,
  projectId: number,
  batch: NewTask[],
  total: ImportOutcome,
): Promise<void> {
  // PostgreSQL refuses the same key twice in one statement no more than across two, but counts them.
  const ids = await insertTasks(tx, projectId, batch)
  total.n_created += ids.length
  total.n_duplicates += batch.length - ids.length
}

function refuseErrors(errors: RowError[]): void {
  const [first] = errors
  if (!first) return
  const place = first.column ? `line ${first.line}, column ${first.column}` : `line ${first.line}`
  throw new ValidationError(
    `Nothing was imported: ${place}: ${first.message}`,
    'value',
    errors.slice(0, SHOWN_ERRORS).map((error) => ({
      field: error.column ? `line ${error.line}, ${error.column}` : `line ${error.line}`,
      message: error.message,
    })),
  )
}

/** Rows without a key of the owner's get one from their content. */
function withExternalId(task: NewTask): NewTask {
  if (task.externalId) return task
  const digest = createHash('sha256')
    .update(JSON.stringify(task.info))
    .digest('base64url')
    .slice(0, 22)
  return { ...task, externalId: `content:${digest}` }
}

async function findProjectToImport(ctx: ServiceContext, shortName: string) {
  const project = await findProjectByShortName(ctx.db.primary, shortName)
  if (!project) throw new NotFoundError('project', shortName)
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
  return project
}

/** The file, cut off with TooLargeError past the limit. */
function limited(file: ReadableStream, maxBytes: number): Readable {
  let bytes = 0
  const guard = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(new TooLargeError(maxBytes))
      else done(null, chunk)
    },
  })
  const source = Readable.fromWeb(file as Parameters<typeof Readable.fromWeb>[0])
  source.on('error', (error) => guard.destroy(error))
  return source.pipe(guard)
}
