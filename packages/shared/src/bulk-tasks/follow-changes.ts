import { type SQL, sql } from 'drizzle-orm'
import { writeRows } from '../db/raw.ts'
import type { Writer } from '../db/types.ts'
import { TASK_COMPLETED } from '../tasks/events.ts'
import { restartSchedule, startScheduleEpoch } from '../tasks/repository.ts'

export interface ChangedTasks {
  changed: number
  completed: number
  reopened: number
}

interface Counts extends ChangedTasks {
  /** The highest priority that a task was raised to. */
  raised: number | null
}

/** Runs `update`, a statement on tasks of one project that `tx` has locked, and does what follows from it,
 *  as for a single task: results of what is completed are ordered, counters move, and the schedule starts
 *  anew when a task comes back or comes to the front.
 *  `update` returns `id`, `was` and `state`, `was_priority` and `priority_0`. */
export async function followChanges(
  tx: Writer,
  projectId: number,
  update: SQL,
): Promise<ChangedTasks> {
  const [counts] = await writeRows<Counts>(
    tx,
    sql`
    with changed as (${update}), event as (
      insert into outbox (topic, payload)
      select ${TASK_COMPLETED}, jsonb_build_object('taskId', id, 'projectId', ${projectId}::int)
      from changed where was = 'ongoing' and state = 'completed'
    )
    select count(*)::int as changed,
      (count(*) filter (where was = 'ongoing' and state = 'completed'))::int as completed,
      (count(*) filter (where was = 'completed' and state = 'ongoing'))::int as reopened,
      max(priority_0) filter (where priority_0 > was_priority) as raised
    from changed`,
  )
  const { changed = 0, completed = 0, reopened = 0, raised = null } = counts ?? {}
  if (completed !== reopened) await moveCompleted(tx, projectId, completed - reopened)
  if (reopened > 0) await restartSchedule(tx, projectId)
  else if (raised !== null) await startScheduleEpoch(tx, projectId, raised)
  return { changed, completed, reopened }
}

async function moveCompleted(tx: Writer, projectId: number, by: number): Promise<void> {
  await tx.execute(sql`
    update project_stats set
      n_completed_tasks = n_completed_tasks + ${by},
      overall_progress = case when n_tasks <= 0 then 0
        else greatest(0, least(100, floor((n_completed_tasks + ${by}) * 100.0 / n_tasks))) end
    where project_id = ${projectId}`)
}
