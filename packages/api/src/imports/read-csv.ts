import type { Readable } from 'node:stream'
import { type RowError, TASK_COLUMNS } from '@manyhands/shared/imports/contract'
import type { NewTask } from '@manyhands/shared/tasks/repository'
import { CsvError, parse } from 'csv-parse'

/** A row of the file: the task that it becomes, or what is wrong with it. `line` counts from 1. */
export type ImportRow = { line: number; cells: Record<string, string> } & (
  | { task: NewTask; errors: [] }
  | { task: null; errors: RowError[] }
)

const MAX_CELL = 100_000

/** Reads a CSV of tasks row by row in constant memory. The header names the keys of `task.info`; the
 *  columns in TASK_COLUMNS set properties of the task instead. A file that is no CSV ends with one row
 *  that says where. */
export async function* readTaskCsv(content: Readable): AsyncGenerator<ImportRow> {
  const parser = content.pipe(
    parse({
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      info: true,
      max_record_size: 1_000_000,
    }),
  )
  content.on('error', (error) => parser.destroy(error))
  let header: string[] | undefined
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>) {
      if (header) {
        yield toRow(header, record, info.lines)
        continue
      }
      header = record
      const problems = checkHeader(record)
      if (problems.length > 0) {
        yield { line: info.lines, cells: {}, task: null, errors: problems }
        return
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error.lines ?? 1)
    yield {
      line,
      cells: {},
      task: null,
      errors: [{ line, column: null, message: `This is not CSV: ${error.message}` }],
    }
  }
}

function checkHeader(header: string[]): RowError[] {
  const empty = header.indexOf('')
  if (empty >= 0)
    return [{ line: 1, column: null, message: `Column ${empty + 1} of the header has no name` }]
  const repeated = header.find((name, at) => header.indexOf(name) !== at)
  return repeated ? [{ line: 1, column: repeated, message: 'This column is there twice' }] : []
}

function toRow(header: string[], record: string[], line: number): ImportRow {
  const cells = Object.fromEntries(header.map((name, at) => [name, record[at] ?? '']))
  const errors: RowError[] = []
  const wrong = (column: string | null, message: string) => errors.push({ line, column, message })
  if (record.length !== header.length) {
    wrong(null, `This row has ${record.length} values, the header has ${header.length}`)
  }
  for (const [column, value] of Object.entries(cells)) {
    if (value.length > MAX_CELL) wrong(column, `This value has more than ${MAX_CELL} characters`)
  }
  const priority = cells.priority_0 ? Number(cells.priority_0) : undefined
  if (priority !== undefined && !Number.isFinite(priority)) wrong('priority_0', 'must be a number')
  const redundancy = cells.n_answers ? Number(cells.n_answers) : undefined
  if (
    redundancy !== undefined &&
    !(Number.isInteger(redundancy) && redundancy >= 1 && redundancy <= 10_000)
  ) {
    wrong('n_answers', 'must be a whole number from 1 to 10000')
  }
  if (errors.length > 0) return { line, cells, task: null, errors }
  const info = Object.fromEntries(
    Object.entries(cells).filter(([name]) => !(TASK_COLUMNS as readonly string[]).includes(name)),
  )
  const task = {
    info,
    nAnswers: redundancy,
    priority0: priority,
    externalId: cells.external_id || null,
  }
  return { line, cells, task, errors: [] }
}
