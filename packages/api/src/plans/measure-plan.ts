import type { SqlClient } from '@manyhands/shared/db/connection'
import type { CapturedQuery } from '@manyhands/shared/testing/capture-queries'

/** What a statement did, from its EXPLAIN ANALYZE. */
export interface Measured {
  milliseconds: number
  /** Rows that were looked at, also those thrown away. An entry that was read in an index counts as
   *  a tenth: that is what it costs. */
  visited: number
  /** Rows that went into the largest sort. */
  sorted: number
  /** Large tables that were read from end to end. */
  wholeTables: string[]
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Rows Removed by Join Filter'?: number
  Plans?: PlanNode[]
}

const LARGE = ['tasks', 'task_runs', 'results']

/** Runs the statement, as it was sent, under EXPLAIN ANALYZE. */
export async function measurePlan(sql: SqlClient, query: CapturedQuery): Promise<Measured> {
  const [row] = await sql.unsafe(
    `explain (analyze, timing off, format json) ${query.text}`,
    query.parameters as never[],
  )
  const answer = row?.['QUERY PLAN']
  const [explained] = typeof answer === 'string' ? JSON.parse(answer) : answer
  const measured = {
    milliseconds: explained['Execution Time'],
    visited: 0,
    sorted: 0,
    wholeTables: [],
  }
  walk(explained.Plan, measured)
  return measured
}

function walk(node: PlanNode, measured: Measured): void {
  const times = (rows: number | undefined) => (rows ?? 0) * node['Actual Loops']
  const kind = node['Node Type']
  if (kind.endsWith('Scan') && !['CTE Scan', 'Subquery Scan', 'WorkTable Scan'].includes(kind)) {
    const rows =
      times(node['Actual Rows']) +
      times(node['Rows Removed by Filter']) +
      times(node['Rows Removed by Index Recheck'])
    measured.visited += ['Index Only Scan', 'Bitmap Index Scan'].includes(kind) ? rows / 10 : rows
  }
  measured.visited += times(node['Rows Removed by Join Filter'])
  if (
    kind === 'Seq Scan' &&
    LARGE.includes(node['Relation Name'] ?? '') &&
    node['Actual Loops'] > 0
  )
    measured.wholeTables.push(node['Relation Name'] ?? '')
  const input = node.Plans?.[0]
  if (kind.endsWith('Sort') && input)
    measured.sorted = Math.max(measured.sorted, input['Actual Rows'])
  for (const child of node.Plans ?? []) walk(child, measured)
}
