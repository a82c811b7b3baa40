import { GlobalStats } from '@manyhands/shared/global-stats/contract'
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getGlobalStats } from './service.ts'

export const globalStatsRoutes = (limit: MiddlewareHandler<Env>) => {
  const show = async (c: Context<Env>) => c.json(await getGlobalStats(c.var.ctx))
  return new Routes('globalstats', limit)
    .about('The numbers of the whole site, a few minutes old.')
    .get(
      '/api/globalstats',
      {
        operationId: 'getGlobalStats',
        summary: 'The numbers of the whole site',
        access: 'public',
        answer: GlobalStats,
      },
      show,
    )
    .get(
      '/api/globalstats/:id{[0-9]+}',
      {
        operationId: 'getGlobalStatsAgain',
        summary: 'The same, whatever the id',
        access: 'public',
        answer: GlobalStats,
      },
      show,
    )
}
