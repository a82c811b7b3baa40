import type { GlobalStats } from '@manyhands/shared/global-stats/contract'
import { findGlobalStats, measureGlobalStats } from '@manyhands/shared/global-stats/repository'
import type { ServiceContext } from '../http/env.ts'

const FRESH_MS = 60_000
const STALE_MS = 3_600_000

/** What the worker has counted last. Only a platform that is younger than the worker's schedule counts
 *  here, and has little to count. */
export function getGlobalStats(ctx: ServiceContext): Promise<GlobalStats> {
  const options = { key: 'global-stats', freshMs: FRESH_MS, staleMs: STALE_MS, tags: [] }
  return ctx.cache.get(options, () =>
    ctx.db.read(async (db) => (await findGlobalStats(db)) ?? measureGlobalStats(db)),
  )
}
