import { scalarToCell, toCell } from '../exports/csv-cell.ts'
import type { ArchiveDownload } from './contract.ts'

type Row = Record<string, unknown>

/** The fields of each kind, in the order of the wire. */
const FIELDS = {
  task_run: [
    'id',
    'created',
    'project_id',
    'task_id',
    'user_id',
    'user_ip',
    'finish_time',
    'timeout',
    'calibration',
    'external_uid',
    'media_url',
    'info',
  ],
  result: ['id', 'created', 'project_id', 'task_id', 'task_run_ids', 'last_version', 'info'],
} as const

/** The file of an archive, piece by piece: `pages` of rows come in, text goes out, nothing is kept. */
export async function* writeArchive(
  { type, format }: ArchiveDownload,
  pages: AsyncIterable<Row[]>,
): AsyncGenerator<string> {
  const fields = FIELDS[type]
  const ordered = (row: Row) =>
    JSON.stringify(Object.fromEntries(fields.map((name) => [name, row[name] ?? null])))
  if (format === 'csv') {
    yield `${fields.join(',')}\n`
    for await (const page of pages) {
      yield page.map((row) => `${fields.map((name) => cell(row[name])).join(',')}\n`).join('')
    }
    return
  }
  if (format === 'ndjson') {
    for await (const page of pages) yield page.map((row) => `${ordered(row)}\n`).join('')
    return
  }
  let before = '['
  for await (const page of pages) {
    if (page.length === 0) continue
    yield before + page.map(ordered).join(',\n')
    before = ',\n'
  }
  yield before === '[' ? '[]\n' : ']\n'
}

/** Objects and lists as JSON. */
function cell(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? toCell(JSON.stringify(value))
    : scalarToCell(value)
}
