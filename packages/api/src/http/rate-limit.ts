import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { RateLimitedError } from '@manyhands/shared/errors/errors'
import { createMiddleware } from 'hono/factory'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { withEffects } from './effects.ts'
import type { Env } from './env.ts'

/** So many requests per window, endpoint and identity (rest-api.md section 9.1, but by who calls rather
 *  than by address, so that a classroom shares nothing). With Redis away each process counts alone. */
export function createRateLimit(platform: PlatformContext) {
  const { RATE_LIMIT: points, RATE_LIMIT_WINDOW_SECONDS: duration, REDIS_PREFIX } = platform.config
  const limiter = new RateLimiterRedis({
    storeClient: platform.redis,
    keyPrefix: `${REDIS_PREFIX}:rate`,
    points,
    duration,
    insuranceLimiter: new RateLimiterMemory({ points, duration }),
  })
  return (bucket: string) =>
    withEffects(
      createMiddleware<Env>(async (c, next) => {
        const outcome = await limiter
          .consume(`${bucket}:${c.var.ctx.caller.volunteer.key}`)
          .catch((refused: unknown) => {
            if (refused instanceof RateLimiterRes) return refused
            throw refused
          })
        const resetSeconds = Math.ceil((Date.now() + outcome.msBeforeNext) / 1_000)
        c.header('X-RateLimit-Limit', String(points))
        c.header('X-RateLimit-Remaining', String(outcome.remainingPoints))
        c.header('X-RateLimit-Reset', String(resetSeconds))
        if (outcome.consumedPoints > points)
          throw new RateLimitedError(Math.ceil(outcome.msBeforeNext / 1_000))
        await next()
      }),
      EFFECTS,
    )
}

const EFFECTS = {
  refuses: [429],
  headers: {
    'X-RateLimit-Limit': 'How many requests a window allows.',
    'X-RateLimit-Remaining': 'How many are left in this window.',
    'X-RateLimit-Reset': 'When the next window begins, seconds since 1970.',
  },
}
