import { eraseAccount, sweepErasures } from '@manyhands/shared/erasure/jobs'
import { listUnfinished } from '@manyhands/shared/erasure/repository'
import { handle } from '../runtime/handle.ts'

const IDLE_SECONDS = 60
const PAGE = 1_000

/** Where the job is still there this changes nothing: the queue drops a second one of the same account. */
export const sweepErasuresJob = handle(sweepErasures, async (ctx) => {
  for (const userId of await listUnfinished(ctx.db.primary, IDLE_SECONDS, PAGE)) {
    await ctx.producer.enqueue(eraseAccount, { userId })
  }
})
