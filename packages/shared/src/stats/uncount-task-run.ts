import { sql } from 'drizzle-orm'
import { writeRows } from '../db/raw.ts'
import type { Writer } from '../db/types.ts'

/** An answer that was taken back, after its row is gone. Times in UTC, as the row had them. */
export interface TakenBack {
  projectId: number
  volunteerKey: string
  created: string
  finishTime: string
  /** False while it waited in the outbox, from where it was taken away uncounted. */
  isCounted: boolean
  /** By how much the number of completed tasks changes. */
  completed: number
}

/** Takes an answer out of the counters of its project, which `tx` has locked (`lockCounters`): what a
 *  recount would find without it. */
export async function uncountTaskRun(tx: Writer, run: TakenBack): Promise<void> {
  const runs = run.isCounted ? 1 : 0
  const volunteers = run.isCounted && (await uncountVolunteer(tx, run)) ? 1 : 0
  const seconds = sql`extract(epoch from ${run.finishTime}::timestamp - ${run.created}::timestamp)::float8`
  await tx.execute(sql`
    update project_stats s set
      n_task_runs = s.n_task_runs - ${runs}::int,
      n_volunteers = s.n_volunteers - ${volunteers}::int,
      n_completed_tasks = s.n_completed_tasks + ${run.completed}::int,
      average_time = case
        when s.n_task_runs - ${runs}::int <= 0 then 0
        else greatest(0, (s.average_time * s.n_task_runs - ${seconds} * ${runs}::int)
          / (s.n_task_runs - ${runs}::int)) end,
      overall_progress = case when s.n_tasks <= 0 then 0 else greatest(0, least(100, floor(
        (s.n_completed_tasks + ${run.completed}::int) * 100.0 / s.n_tasks))) end,
      last_activity = case
        when s.last_activity > ${run.finishTime}::timestamp at time zone 'utc' then s.last_activity
        else (select max(finish_time) from task_runs where project_id = ${run.projectId}) end
    where s.project_id = ${run.projectId}`)
}

/** Whether it was the volunteer's last answer in the project. */
async function uncountVolunteer(tx: Writer, run: TakenBack): Promise<boolean> {
  const [left] = await writeRows<{ runs: number }>(
    tx,
    sql`
    update project_volunteers set n_task_runs = n_task_runs - 1
    where project_id = ${run.projectId} and volunteer_key = ${run.volunteerKey}
    returning n_task_runs as runs`,
  )
  if (!left || left.runs > 0) return false
  await tx.execute(sql`
    delete from project_volunteers
    where project_id = ${run.projectId} and volunteer_key = ${run.volunteerKey}`)
  return true
}
