import type { Context } from '../src/context/context.ts'
import { deleteOutboxRows, takeOutboxRows } from '../src/outbox/repository.ts'
import { countTaskRuns, lockProjectStats } from '../src/stats/count-task-runs.ts'
import { type CounterDrift, measureCounters } from '../src/stats/measure-counters.ts'
import { TASK_RUN_STORED, TaskRunStored } from '../src/task-runs/events.ts'

/** Counts the answers that wait in the outbox, as the worker's relay does, without queueing jobs. */
export async function countWaitingAnswers(ctx: Context): Promise<void> {
  await ctx.db.primary.transaction(async (tx) => {
    const rows = await takeOutboxRows(tx, { topics: [TASK_RUN_STORED], limit: 1_000 })
    const runs = rows.map(({ payload }) => TaskRunStored.parse(payload))
    await lockProjectStats(tx, [...new Set(runs.map(({ projectId }) => projectId))])
    await countTaskRuns(tx, runs)
    await deleteOutboxRows(
      tx,
      rows.map(({ id }) => id),
    )
  })
}

/** By how much a project's counters differ from a recount. Rounded: means of seconds are floats. */
export async function driftOf(ctx: Context, projectId: number): Promise<Partial<CounterDrift>> {
  const drift = await measureCounters(ctx.db.primary, projectId)
  if (!drift) throw new Error('the project has no counters')
  const { refreshed, newest, lastActivity, ...rest } = drift
  return { ...rest, seconds: Math.round(drift.seconds * 1_000) / 1_000 + 0 }
}

export const NO_DRIFT = {
  tasks: 0,
  completedTasks: 0,
  taskRuns: 0,
  results: 0,
  blogposts: 0,
  seconds: 0,
  volunteers: [],
}
