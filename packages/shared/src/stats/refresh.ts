import { sql } from 'drizzle-orm'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import type { CounterDrift, VolunteerDrift } from './measure-counters.ts'

/** Projects whose statistics are due, the most overdue first: active since their last refresh, and on every
 *  new day as long as the window of two weeks still moves. A large project is counted less often, so
 *  that counting costs at most the reading of 10,000 answers a second, however large it is. */
export async function listProjectsToRefresh(
  db: Reader,
  limit: number,
  except: number[],
): Promise<number[]> {
  const tried = except.length > 0 ? sql`s.project_id not in ${except}` : sql`true`
  const rows = await selectRows<{ project_id: number }>(
    db,
    sql`
    select s.project_id from project_stats s,
      lateral (select (s.info ->> 'refreshed')::timestamptz as refreshed offset 0) mark
    where s.last_activity is not null and ${tried} and (
      refreshed is null
      or (s.last_activity > refreshed
        and refreshed < now() - greatest(45, s.n_task_runs / 10000.0) * interval '1 second')
      or (refreshed < date_trunc('day', now() at time zone 'utc') at time zone 'utc'
        and refreshed < s.last_activity + interval '16 days')
    )
    order by refreshed nulls first, s.project_id limit ${limit}`,
  )
  return rows.map((row) => row.project_id)
}

export interface Refresh {
  projectId: number
  drift: CounterDrift
  /** The series for `info`. */
  series: Record<string, unknown>
  /** Up to when activity is certainly in the series, ISO. */
  refreshed: string
}

/** Mends the counters by what they are wrong and writes the series. False, with nothing changed, when the
 *  project has been refreshed since it was measured: then the difference is no longer true. */
export async function applyRefresh(db: Writer, refresh: Refresh): Promise<boolean> {
  const { projectId, drift, series, refreshed } = refresh
  return await db.transaction(async (tx) => {
    const [held] = await writeRows(
      tx,
      sql`
      select 1 from project_stats
      where project_id = ${projectId} and (info ->> 'refreshed') is not distinct from ${drift.refreshed}
      for update`,
    )
    if (!held) return false
    await mendVolunteers(tx, projectId, drift.volunteers)
    const info = JSON.stringify({ ...series, refreshed })
    await tx.execute(sql`
      update project_stats set
        n_tasks = n_tasks + ${drift.tasks},
        n_completed_tasks = n_completed_tasks + ${drift.completedTasks},
        n_task_runs = n_task_runs + ${drift.taskRuns},
        n_results = n_results + ${drift.results},
        n_blogposts = n_blogposts + ${drift.blogposts},
        n_volunteers = (select count(*) from project_volunteers where project_id = ${projectId}),
        average_time = case when n_task_runs + ${drift.taskRuns} <= 0 then 0 else greatest(0,
          (average_time * n_task_runs + ${drift.seconds}::float8) / (n_task_runs + ${drift.taskRuns})) end,
        overall_progress = case when n_tasks + ${drift.tasks} <= 0 then 0 else greatest(0, least(100, floor(
          (n_completed_tasks + ${drift.completedTasks}) * 100.0 / (n_tasks + ${drift.tasks})))) end,
        last_activity = case
          when last_activity is not distinct from ${drift.lastActivity}::timestamp at time zone 'utc'
          then ${drift.newest}::timestamp at time zone 'utc' else last_activity end,
        info = info || ${info}::jsonb
      where project_id = ${projectId}`)
    return true
  })
}

/** Under the lock of the project's counters, so beside no other writer of these rows. */
async function mendVolunteers(
  tx: Writer,
  projectId: number,
  volunteers: VolunteerDrift[],
): Promise<void> {
  if (volunteers.length === 0) return
  await tx.execute(sql`
    insert into project_volunteers (project_id, volunteer_key, user_id, n_task_runs, last_activity)
    select ${projectId}, v.volunteer, u.id, v.runs, v.newest at time zone 'utc'
    from jsonb_to_recordset(${JSON.stringify(volunteers)}::jsonb) as v
      (volunteer text, account int, runs int, newest timestamp)
    left join users u on u.id = v.account
    on conflict (project_id, volunteer_key) do update
      set n_task_runs = project_volunteers.n_task_runs + excluded.n_task_runs`)
  // Their answers were deleted, or belong to the account that they have made.
  await tx.execute(sql`
    delete from project_volunteers where project_id = ${projectId} and n_task_runs <= 0
      and volunteer_key in (select value from jsonb_array_elements_text(
        ${JSON.stringify(volunteers.map(({ volunteer }) => volunteer))}::jsonb))`)
}
