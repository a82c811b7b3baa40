import type { Readable } from 'node:stream'
import { TaskUpsert } from '@manyhands/shared/bulk-tasks/contract'
import type { Issue } from '@manyhands/shared/errors/errors'
import { readTaskCsv } from '../imports/read-csv.ts'
import { readLines } from './read-lines.ts'

/** A row of the body: what to store, or what is wrong with it. Lines count from 1. */
export type UpsertRow = { line: number; externalId: string | null } & (
  | { task: TaskUpsert }
  | { task: null; issues: Issue[] }
)

const NO_KEY = 'is missing: without a key of its own a row cannot be sent again safely'

/** A JSON object on each line; empty lines are passed over. */
export async function* readJsonRows(content: Readable): AsyncGenerator<UpsertRow> {
  for await (const { line, text } of readLines(content)) {
    if (text === null) {
      yield refused(line, null, [{ field: '', message: 'is too long, or not UTF-8' }])
    } else if (text.trim() !== '') yield toRow(line, parse(text))
  }
}

/** A CSV file with a header: its columns become the keys of `info`, but for those that are properties of
 *  the task. */
export async function* readCsvRows(content: Readable): AsyncGenerator<UpsertRow> {
  for await (const row of readTaskCsv(content)) {
    const externalId = row.cells.external_id || null
    if (!row.task) {
      const issues = row.errors.map(({ column, message }) => ({ field: column ?? '', message }))
      yield refused(row.line, externalId, issues)
      continue
    }
    const { info, nAnswers, priority0 } = row.task
    yield toRow(row.line, {
      ...(externalId !== null && { external_id: externalId }),
      // A file of priorities alone leaves what the tasks say as it is.
      ...(Object.keys(info as object).length > 0 && { info }),
      ...(nAnswers !== undefined && { n_answers: nAnswers }),
      ...(priority0 !== undefined && { priority_0: priority0 }),
    })
  }
}

function toRow(line: number, value: unknown): UpsertRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(line, null, [{ field: '', message: 'must be a JSON object' }])
  }
  const given = Object.fromEntries(
    // Null is "as it is" here: a change that says nothing.
    Object.entries(value).filter(([name, each]) => each !== null || name === 'info'),
  )
  const { external_id: key } = given
  if (key === undefined || key === '') {
    return refused(line, null, [{ field: 'external_id', message: NO_KEY }])
  }
  // A number is a key like any other.
  const row = typeof key === 'number' ? { ...given, external_id: String(key) } : given
  const parsed = TaskUpsert.safeParse(row)
  const externalId = String(key)
  if (parsed.success) return { line, externalId, task: parsed.data }
  const issues = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, message: 'is not a field of a task' }))
      : [{ field: issue.path.join('.'), message: issue.message }],
  )
  return refused(line, externalId, issues)
}

function refused(line: number, externalId: string | null, issues: Issue[]): UpsertRow {
  return { line, externalId, task: null, issues }
}

/** Undefined, which no JSON is, for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
