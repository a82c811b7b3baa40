import { exportProject, sweepExports } from '@manyhands/shared/exports/jobs'
import { listIdleExports } from '@manyhands/shared/exports/repository'
import { handle } from '../runtime/handle.ts'

const IDLE_SECONDS = 30
const PAGE = 1_000

/** Queues unfinished exports again. Where the job is still there this changes nothing: the queue drops a
 *  second one for the same export. */
export const sweepExportsJob = handle(sweepExports, async (ctx) => {
  for (const exportId of await listIdleExports(ctx.db.primary, IDLE_SECONDS, PAGE)) {
    await ctx.producer.enqueue(exportProject, { exportId })
  }
})
