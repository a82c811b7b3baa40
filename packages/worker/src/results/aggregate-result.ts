import { aggregateResult } from '@manyhands/shared/results/jobs'
import { createResult } from '@manyhands/shared/results/repository'
import { handle } from '../runtime/handle.ts'

/** Makes the result of a completed task. Safe to run twice: a task has one current result. */
export const aggregateResultJob = handle(aggregateResult, async (ctx, { taskId }) => {
  await createResult(ctx.db.primary, taskId)
})
