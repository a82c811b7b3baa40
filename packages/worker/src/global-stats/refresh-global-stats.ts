import { refreshGlobalStats } from '@manyhands/shared/global-stats/jobs'
import { measureGlobalStats, saveGlobalStats } from '@manyhands/shared/global-stats/repository'
import { handle } from '../runtime/handle.ts'

/** Safe to run twice, and beside itself: the row is what was counted last. */
export const refreshGlobalStatsJob = handle(refreshGlobalStats, async (ctx) => {
  const figures = await ctx.db.readTransaction(measureGlobalStats)
  await saveGlobalStats(ctx.db.primary, figures)
})
