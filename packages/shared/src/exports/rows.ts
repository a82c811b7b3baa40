import { count, type SQL, sql } from 'drizzle-orm'
import { copyOut } from '../db/copy.ts'
import type { Reader } from '../db/types.ts'
import { results } from '../results/table.ts'
import { taskRuns } from '../task-runs/table.ts'
import { tasks } from '../tasks/table.ts'
import { EXPORT_COLUMNS } from './columns.ts'
import type { ExportType } from './contract.ts'

/** Rows asked for at a time, and the bytes that they should not have more of by much: what is asked for is
 *  read even when the export is cancelled meanwhile. */
const FIRST_PART_ROWS = 1_000
const PART_ROWS = 20_000
const PART_BYTES = 8_000_000

/** What is exported: the rows of one kind in one project, through a transaction that sees one moment. */
export interface ExportSource {
  db: Reader
  projectId: number
  type: ExportType
}

export async function countExportRows(source: ExportSource): Promise<number> {
  const { table, where } = target(source)
  const [row] = await source.db.select({ rows: count() }).from(table).where(where)
  return row?.rows ?? 0
}

/** The rows in id order, some at a time: each a line of COPY text (copy-text.ts) with the columns of
 *  EXPORT_COLUMNS, of which moments are UTC without a zone. */
export async function* readExportLines(source: ExportSource): AsyncGenerator<string[]> {
  let limit = FIRST_PART_ROWS
  let after = 0
  for (;;) {
    let rows = 0
    let bytes = 0
    for await (const piece of copyOut(source.db, part(source, after, limit))) {
      const lines = piece.toString().split('\n')
      lines.pop() // what follows the last newline: nothing
      yield lines
      rows += lines.length
      bytes += piece.length
      after = Number(lines.at(-1)?.split('\t', 1)[0] ?? after)
    }
    if (rows < limit) return
    limit = Math.min(PART_ROWS, Math.max(1, Math.floor((PART_BYTES * rows) / bytes)))
  }
}

function part(source: ExportSource, after: number, limit: number): SQL {
  const { table, id, where } = target(source)
  const columns = EXPORT_COLUMNS[source.type].map(({ column, kind }) =>
    kind === 'moment' ? sql`${column} at time zone 'utc'` : sql`${column}`,
  )
  return sql`select ${sql.join(columns, sql`, `)} from ${table}
    where ${where} and ${id} > ${after} order by ${id} limit ${limit}`
}

function target({ type, projectId }: ExportSource) {
  switch (type) {
    case 'task':
      return { table: tasks, id: tasks.id, where: sql`${tasks.projectId} = ${projectId}` }
    case 'task_run':
      return { table: taskRuns, id: taskRuns.id, where: sql`${taskRuns.projectId} = ${projectId}` }
    case 'result':
      return {
        table: results,
        id: results.id,
        where: sql`${results.projectId} = ${projectId} and ${results.lastVersion}`,
      }
  }
}
