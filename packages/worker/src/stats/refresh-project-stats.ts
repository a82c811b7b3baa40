import type { Context } from '@manyhands/shared/context/context'
import { refreshProjectStats } from '@manyhands/shared/stats/jobs'
import { measureCounters } from '@manyhands/shared/stats/measure-counters'
import { measureWindow } from '@manyhands/shared/stats/measure-window'
import { applyRefresh, listProjectsToRefresh } from '@manyhands/shared/stats/refresh'
import { handle } from '../runtime/handle.ts'

const PAGE = 100
/** The schedule brings the job again every minute: what is not done by then has its turn in that one. */
const BUDGET_MS = 45_000
/** An answer gets its time when it is stored and is seen once that is committed. */
const COMMIT_MS = 5_000

/** Refreshes one project, or all that are due, for as long as there is time. */
export const refreshProjectStatsJob = handle(refreshProjectStats, async (ctx, { projectId }) => {
  if (projectId !== undefined) return refreshProject(ctx, projectId)
  const end = ctx.clock() + BUDGET_MS
  const tried: number[] = []
  for (;;) {
    const page = await listProjectsToRefresh(ctx.db.primary, PAGE, tried)
    for (const id of page) {
      ctx.signal.throwIfAborted()
      if (ctx.clock() > end) return
      tried.push(id)
      await refreshProject(ctx, id).catch((error: unknown) => {
        ctx.log.error({ err: error, projectId: id }, 'statistics of a project not refreshed')
      })
    }
    if (page.length < PAGE) return
  }
})

async function refreshProject(ctx: Context, projectId: number): Promise<void> {
  const now = ctx.clock()
  const position = await ctx.db.commitPosition()
  const measured = await ctx.db.readTransaction(async (db) => {
    const drift = await measureCounters(db, projectId)
    return drift && { drift, series: await measureWindow(db, projectId, now) }
  }, position)
  if (!measured) return
  const refreshed = new Date(now - COMMIT_MS).toISOString()
  const applied = await applyRefresh(ctx.db.primary, { projectId, ...measured, refreshed })
  if (applied) await ctx.cache.drop(`project:${projectId}`)
}
