import { sql } from 'drizzle-orm'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Writer } from '../db/types.ts'
import type { TaskRunStored } from '../task-runs/events.ts'

/** Locks the counters of these projects until `tx` ends and returns whose they were. Passes over those
 *  that somebody else holds: one busy project must not keep the others waiting. `gone` no longer exist.
 *  Whoever moves the counters of several rows takes this lock first, so that nobody deadlocks. */
export async function lockProjectStats(
  tx: Writer,
  projectIds: number[],
): Promise<{ locked: Set<number>; gone: Set<number> }> {
  if (projectIds.length === 0) return { locked: new Set(), gone: new Set() }
  const locked = await writeRows<{ project_id: number }>(
    tx,
    sql`
    select project_id from project_stats where project_id in ${projectIds}
    order by project_id for update skip locked`,
  )
  const there = await selectRows<{ project_id: number }>(
    tx,
    sql`select project_id from project_stats where project_id in ${projectIds}`,
  )
  const known = new Set(there.map((row) => row.project_id))
  return {
    locked: new Set(locked.map((row) => row.project_id)),
    gone: new Set(projectIds.filter((id) => !known.has(id))),
  }
}

/** Adds stored answers to the counters of their projects, whose rows `tx` has locked. Each statement
 *  adds to what is there at that moment, so it is right beside every other writer that adds. */
export async function countTaskRuns(tx: Writer, runs: TaskRunStored[]): Promise<void> {
  if (runs.length === 0) return
  const newVolunteers = await countVolunteers(tx, runs)
  const projects = sumByProject(runs, newVolunteers)
  await tx.execute(sql`
    update project_stats s set
      n_task_runs = s.n_task_runs + c.runs,
      n_completed_tasks = s.n_completed_tasks + c.completed,
      n_volunteers = s.n_volunteers + c.volunteers,
      average_time = (s.average_time * greatest(s.n_task_runs, 0) + c.seconds)
        / (greatest(s.n_task_runs, 0) + c.runs),
      overall_progress = case when s.n_tasks <= 0 then 0
        else least(100, floor((s.n_completed_tasks + c.completed) * 100.0 / s.n_tasks)) end,
      last_activity = greatest(s.last_activity, c.newest at time zone 'utc')
    from jsonb_to_recordset(${JSON.stringify(projects)}::jsonb) as c
      (project int, runs int, completed int, volunteers int, seconds float8, newest timestamp)
    where s.project_id = c.project`)
  await tx.execute(sql`
    update projects p set updated = c.newest at time zone 'utc'
    from jsonb_to_recordset(${JSON.stringify(projects)}::jsonb) as c (project int, newest timestamp)
    where p.id = c.project and p.updated < c.newest at time zone 'utc'`)
}

/** Returns how many volunteers are new, by project. */
async function countVolunteers(tx: Writer, runs: TaskRunStored[]): Promise<Map<number, number>> {
  const rows = await writeRows<{ project_id: number; added: number }>(
    tx,
    sql`
    with counted as (
      insert into project_volunteers (project_id, volunteer_key, user_id, n_task_runs, last_activity)
      select v.project, v.volunteer, u.id, v.runs, v.newest at time zone 'utc'
      from jsonb_to_recordset(${JSON.stringify(sumByVolunteer(runs))}::jsonb) as v
        (project int, volunteer text, account int, runs int, newest timestamp)
      left join users u on u.id = v.account
      order by 1, 2
      on conflict (project_id, volunteer_key) do update set
        n_task_runs = project_volunteers.n_task_runs + excluded.n_task_runs,
        last_activity = greatest(project_volunteers.last_activity, excluded.last_activity)
      -- A row that was there has been locked by this statement, a new one by nobody.
      returning project_id, xmax = 0 as is_new
    )
    select project_id, count(*) filter (where is_new)::int as added from counted group by project_id`,
  )
  return new Map(rows.map((row) => [row.project_id, row.added]))
}

function sumByVolunteer(runs: TaskRunStored[]) {
  const sums = new Map<string, ReturnType<typeof start>>()
  const start = (run: TaskRunStored) => ({
    project: run.projectId,
    volunteer: run.volunteerKey,
    account: run.userId,
    runs: 0,
    newest: run.finishTime,
  })
  for (const run of runs) {
    const key = `${run.projectId} ${run.volunteerKey}`
    const sum = sums.get(key) ?? start(run)
    sum.runs += 1
    sum.newest = later(sum.newest, run.finishTime)
    sums.set(key, sum)
  }
  return [...sums.values()]
}

function sumByProject(runs: TaskRunStored[], newVolunteers: Map<number, number>) {
  const sums = new Map<number, ReturnType<typeof start>>()
  const start = (run: TaskRunStored) => ({
    project: run.projectId,
    runs: 0,
    completed: 0,
    seconds: 0,
    volunteers: newVolunteers.get(run.projectId) ?? 0,
    newest: run.finishTime,
  })
  for (const run of runs) {
    const sum = sums.get(run.projectId) ?? start(run)
    sum.runs += 1
    sum.completed += run.completes ? 1 : 0
    sum.seconds += run.secondsSpent
    sum.newest = later(sum.newest, run.finishTime)
    sums.set(run.projectId, sum)
  }
  return [...sums.values()]
}

/** Moments of one form compare as texts. */
function later(one: string, other: string): string {
  return one > other ? one : other
}
