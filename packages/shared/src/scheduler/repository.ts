import { type SQL, sql } from 'drizzle-orm'
import { selectRows } from '../db/raw.ts'
import type { Reader } from '../db/types.ts'
import type { Strategy } from './contract.ts'

/** A task that the scheduler may give out, with its place in the project's order. */
export interface OpenTask {
  id: number
  nAnswers: number
  nTaskRuns: number
  priority0: number
}

/** A page of candidates and the epoch of the project's order that it was read in. */
export interface OpenTaskPage {
  epoch: number
  tasks: OpenTask[]
}

export interface OpenTaskQuery {
  projectId: number
  volunteerKey: string
  strategy: Strategy
  /** Only tasks at or after this place; for the strategies that go by priority and id. */
  from?: { priority0: number; id: number } | undefined
  /** An order that the client asked for: instead of priority and id; breadth first it comes second
   *  (rest-api.md section 4.4). */
  orderBy?: SQL | undefined
  limit: number
  offset: number
}

/** Tasks this volunteer can still answer, in the order of the strategy. Fit for a replica: a task that
 *  closed meanwhile costs a surplus answer, and the leases know of it within a second. */
export async function listOpenTasks(db: Reader, q: OpenTaskQuery): Promise<OpenTaskPage> {
  const state = q.strategy === 'depth_first_all' ? sql`true` : sql`t.state = 'ongoing'`
  const breadth = q.strategy === 'breadth_first'
  const from = q.from
    ? sql`((-t.priority_0), t.id) >= (${-q.from.priority0}::float8, ${q.from.id}::bigint)`
    : sql`true`
  const order = breadth ? breadthOrder(q.orderBy) : (q.orderBy ?? sql`(-t.priority_0), t.id`)
  // The epoch comes from the same snapshot, so that a place is never saved under an order it was not
  // read in.
  const rows = await selectRows<OpenTaskColumns>(
    db,
    sql`
    select t.id, t.n_answers, t.n_task_runs, t.priority_0,
      (select schedule_epoch from projects where id = ${q.projectId}) as epoch
    from tasks t
    where t.project_id = ${q.projectId} and ${state} and ${from}
      ${breadth ? sql`and t.breadth_runs is not null` : sql``}
      and not exists (
        select 1 from task_runs r
        where r.volunteer_key = ${q.volunteerKey} and r.project_id = ${q.projectId} and r.task_id = t.id)
    order by ${order}
    limit ${q.limit} offset ${q.offset}`,
  )
  return {
    epoch: rows[0]?.epoch ?? 0,
    tasks: rows.map((row) => ({
      id: Number(row.id),
      nAnswers: row.n_answers,
      nTaskRuns: row.n_task_runs,
      priority0: row.priority_0,
    })),
  }
}

function breadthOrder(orderBy: SQL | undefined): SQL {
  return orderBy ? sql`t.breadth_runs, ${orderBy}` : sql`(-t.priority_0), t.breadth_runs, t.id`
}

interface OpenTaskColumns {
  id: number
  n_answers: number
  n_task_runs: number
  priority_0: number
  epoch: number
}
