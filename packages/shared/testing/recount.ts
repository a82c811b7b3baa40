import { sql } from 'drizzle-orm'
import type { Context } from '../src/context/context.ts'
import { selectRows } from '../src/db/raw.ts'
import { deleteOutboxRows, takeOutboxRows } from '../src/outbox/repository.ts'
import { countTaskRuns, lockProjectStats } from '../src/stats/count-task-runs.ts'
import { measureCounters } from '../src/stats/measure-counters.ts'
import { TASK_RUN_STORED, TaskRunStored } from '../src/task-runs/events.ts'

/** Counts waiting answers as the worker's relay does; false when there were none, or somebody else holds
 *  the counters. */
export async function countWaitingAnswers(ctx: Context, limit = 50): Promise<boolean> {
  return ctx.db.primary.transaction(async (tx) => {
    const rows = await takeOutboxRows(tx, { topics: [TASK_RUN_STORED], limit })
    const runs = rows.map(({ payload }) => TaskRunStored.parse(payload))
    const { locked } = await lockProjectStats(tx, [...new Set(runs.map((run) => run.projectId))])
    const now = rows.filter((_, at) => locked.has(runs[at]?.projectId ?? 0))
    await countTaskRuns(
      tx,
      now.map(({ payload }) => TaskRunStored.parse(payload)),
    )
    await deleteOutboxRows(
      tx,
      now.map(({ id }) => id),
    )
    return now.length > 0
  })
}

/** By how much the counters of a project differ from its rows: all zero when they are right. */
export async function counterDrift(ctx: Context, projectId: number) {
  const drift = await measureCounters(ctx.db.primary, projectId)
  if (!drift) throw new Error('the project has no counters')
  const [wrong] = await selectRows<{ runs: number; states: number }>(
    ctx.db.primary,
    sql`
    select
      (count(*) filter (where n_task_runs <> (select count(*) from task_runs r where r.task_id = t.id)))::int as runs,
      (count(*) filter (where (state = 'completed') <> (n_task_runs >= n_answers)))::int as states
    from tasks t where project_id = ${projectId}`,
  )
  return {
    tasks: drift.tasks,
    completedTasks: drift.completedTasks,
    taskRuns: drift.taskRuns,
    results: drift.results,
    volunteers: drift.volunteers.length,
    tasksWithWrongCount: wrong?.runs,
    tasksInWrongState: wrong?.states,
  }
}

export const NO_DRIFT = {
  tasks: 0,
  completedTasks: 0,
  taskRuns: 0,
  results: 0,
  volunteers: 0,
  tasksWithWrongCount: 0,
  tasksInWrongState: 0,
}
