import { sql } from 'drizzle-orm'
import { selectRows } from '../db/raw.ts'
import type { Reader } from '../db/types.ts'
import { TASK_RUN_STORED } from '../task-runs/events.ts'
import { hasResultInfo } from './counted-results.ts'

/** By how much the counters of a project are wrong. */
export interface CounterDrift {
  /** Which state of the row this was measured against: the mark that its last refresh has left. */
  refreshed: string | null
  tasks: number
  completedTasks: number
  taskRuns: number
  results: number
  blogposts: number
  /** Seconds that all answers took together, less what `average_time` and `n_task_runs` make of it. */
  seconds: number
  /** The newest answer, and what the row said of it. */
  newest: string | null
  lastActivity: string | null
  volunteers: VolunteerDrift[]
}

export interface VolunteerDrift {
  volunteer: string
  account: number | null
  runs: number
  newest: string
}

/** Volunteers mended at a time; the next refresh mends more. */
const VOLUNTEERS = 10_000

/** Measures how far the counters are from the rows, in one statement and so at one moment. Fit for a
 *  replica, and for being behind.
 *
 *  Why this may be done beside everybody who counts: answers become rows and wait in the outbox until the
 *  relay counts them, so at every moment a right counter is what the rows make less what waits in the
 *  outbox. Storing an answer adds to both sides in one transaction, and so does the relay; each leaves
 *  the difference as it was. Hence the difference of any moment can be added to the counter of any later
 *  moment, as long as it is added once: the mark of the last refresh sees to that. */
export async function measureCounters(
  db: Reader,
  projectId: number,
): Promise<CounterDrift | undefined> {
  const [row] = await selectRows<{ drift: string }>(
    db,
    sql`
    with answered as (
      select volunteer_key, max(user_id) as user_id, count(*) as runs, max(finish_time) as newest,
        sum(extract(epoch from finish_time - created))::float8 as seconds
      from task_runs where project_id = ${projectId} group by volunteer_key
    ), waiting as (
      select payload ->> 'volunteerKey' as volunteer_key, count(*) as runs,
        count(*) filter (where (payload ->> 'completes')::boolean) as completed,
        sum((payload ->> 'secondsSpent')::float8) as seconds
      from outbox
      where topic = ${TASK_RUN_STORED} and (payload ->> 'projectId')::int = ${projectId}
      group by 1
    ), counted as (
      select * from project_volunteers where project_id = ${projectId}
    ), volunteer as (
      select volunteer_key, a.user_id, coalesce(a.newest, c.last_activity) as newest,
        coalesce(a.runs, 0) - coalesce(w.runs, 0) as runs, c.n_task_runs as counted
      from answered a full join counted c using (volunteer_key)
        left join waiting w using (volunteer_key)
    ), drifted as (
      select volunteer_key as volunteer, user_id as account, newest at time zone 'utc' as newest,
        runs - coalesce(counted, 0) as runs
      from volunteer
      where (counted is null and runs > 0) or (counted <> runs) or (counted is not null and runs <= 0)
      limit ${VOLUNTEERS}
    ), total as (
      select
        coalesce((select sum(runs) from answered), 0)
          - coalesce((select sum(runs) from waiting), 0) as runs,
        coalesce((select sum(seconds) from answered), 0)
          - coalesce((select sum(seconds) from waiting), 0) as seconds,
        coalesce((select sum(completed) from waiting), 0) as completing
    )
    select jsonb_build_object(
      'refreshed', s.info ->> 'refreshed',
      'tasks', (select count(*) from tasks where project_id = s.project_id) - s.n_tasks,
      'completedTasks', (select count(*) from tasks where project_id = s.project_id and state = 'completed')
        - total.completing - s.n_completed_tasks,
      'taskRuns', total.runs - s.n_task_runs,
      'results', (
        select count(*) from results
        where project_id = s.project_id and ${hasResultInfo}
      ) - s.n_results,
      'blogposts', (select count(*) from blogposts where project_id = s.project_id) - s.n_blogposts,
      'seconds', total.seconds - s.average_time * s.n_task_runs,
      'newest', (select max(newest) at time zone 'utc' from answered),
      'lastActivity', s.last_activity at time zone 'utc',
      'volunteers', (select coalesce(jsonb_agg(to_jsonb(d)), '[]') from drifted d)
    )::text as drift
    from project_stats s, total where s.project_id = ${projectId}`,
  )
  return row && (JSON.parse(row.drift) as CounterDrift)
}
