import { setImmediate as sent } from 'node:timers/promises'
import { count, type SQL, sql } from 'drizzle-orm'
import { selectRows } from '../db/raw.ts'
import type { Reader } from '../db/types.ts'
import { results } from '../results/table.ts'
import { taskRuns } from '../task-runs/table.ts'
import { tasks } from '../tasks/table.ts'
import { EXPORT_COLUMNS, type ExportColumn } from './columns.ts'
import type { ExportType } from './contract.ts'

const PAGE_ROWS = 1_000
/** Where a page ends early, in bytes of `info` as stored: rows of megabytes must not fill the memory. */
const PAGE_BYTES = 1_000_000

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

/** The rows in id order, in pages. A row is one line: its columns as JSON, except that moments are
 *  PostgreSQL's text, separated by tabs (which JSON text never holds). While a page is used, the next one
 *  is fetched already. */
export async function* readExportLines(source: ExportSource): AsyncGenerator<string[]> {
  let next = readPage(source, 0)
  for (;;) {
    const page = await next
    if (page.last === null) return
    next = readPage(source, page.last)
    // Whoever stops early does not wait for it.
    next.catch(() => {})
    await sent()
    yield page.lines.split('\n')
  }
}

async function readPage(
  source: ExportSource,
  after: number,
): Promise<{ lines: string; last: number | null }> {
  const { table, id, info, where } = target(source)
  const line = sql.join(EXPORT_COLUMNS[source.type].map(toField), sql`, `)
  const [page] = await selectRows<{ lines: string; last: number | null }>(
    source.db,
    sql`
    select string_agg(concat_ws(E'\t', ${line}), E'\n') as lines, max(${id}) as last
    from (
      select *, sum(pg_column_size(${info})) over (order by ${id} rows unbounded preceding)
        - pg_column_size(${info}) as bytes_before
      from ${table} where ${where} and ${id} > ${literal(after)}
      order by ${id} limit ${literal(PAGE_ROWS)}
    ) as ${table}
    where bytes_before is null or bytes_before < ${literal(PAGE_BYTES)}`,
  )
  if (!page) throw new Error('an aggregate returned no row')
  return { lines: page.lines, last: page.last === null ? null : Number(page.last) }
}

/** A number in the text of a query. With parameters the driver asks for their types first, and cannot go
 *  on while this process is busy with the page before: the server would idle half of the time. */
function literal(number: number): SQL {
  if (!Number.isSafeInteger(number)) throw new RangeError(`${number} is not a whole number`)
  return sql.raw(String(number))
}

function toField({ column, kind }: ExportColumn): SQL {
  switch (kind) {
    case 'number':
    case 'flag':
    case 'json':
      return sql`coalesce(${column}::text, 'null')`
    case 'text':
    case 'list':
      return sql`coalesce(to_json(${column})::text, 'null')`
    case 'moment':
      return sql`(${column} at time zone 'utc')::text`
  }
}

function target({ type, projectId }: ExportSource) {
  const project = literal(projectId)
  switch (type) {
    case 'task':
      return {
        table: tasks,
        id: tasks.id,
        info: tasks.info,
        where: sql`${tasks.projectId} = ${project}`,
      }
    case 'task_run':
      return {
        table: taskRuns,
        id: taskRuns.id,
        info: taskRuns.info,
        where: sql`${taskRuns.projectId} = ${project}`,
      }
    case 'result':
      return {
        table: results,
        id: results.id,
        info: results.info,
        where: sql`${results.projectId} = ${project} and ${results.lastVersion}`,
      }
  }
}
