import type { Context } from '@manyhands/shared/context/context'
import { RateLimitedError } from '@manyhands/shared/errors/errors'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { Attempts } from './service.ts'

/** Wrong passwords that one address may try in a project, and for how long they count. */
const POINTS = 10
const WINDOW_SECONDS = 900

/** With Redis away each process counts alone. */
export function createAttempts(ctx: Context): Attempts {
  const limits = { points: POINTS, duration: WINDOW_SECONDS }
  const limiter = new RateLimiterRedis({
    storeClient: ctx.redis,
    keyPrefix: `${ctx.config.REDIS_PREFIX}:project-pass`,
    ...limits,
    insuranceLimiter: new RateLimiterMemory(limits),
  })
  return {
    // Spent before the password is looked at, so that many tries at once are counted too.
    async spend(key) {
      try {
        await limiter.consume(key)
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused
        throw new RateLimitedError(Math.ceil(refused.msBeforeNext / 1_000))
      }
    },
    async giveBack(key) {
      await limiter.reward(key)
    },
  }
}
