import { sweepResults } from '@manyhands/shared/results/jobs'
import { createResult, listTasksWithoutResult } from '@manyhands/shared/results/repository'
import { handle } from '../runtime/handle.ts'

const PAGE = 500

/** Makes the results that are missing, without the queue that may have lost them. */
export const sweepResultsJob = handle(sweepResults, async (ctx) => {
  let after = 0
  for (;;) {
    // A replica that is behind lists a task too many at the worst: `createResult` looks at the primary.
    const from = after
    const page = await ctx.db.readTransaction((db) => listTasksWithoutResult(db, from, PAGE))
    for (const taskId of page) {
      ctx.signal.throwIfAborted()
      await createResult(ctx.db.primary, taskId)
    }
    const last = page.at(-1)
    if (page.length < PAGE || last === undefined) return
    after = last
  }
})
