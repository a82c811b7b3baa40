import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { RateLimitedError } from '@manyhands/shared/errors/errors'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import type { Volunteer } from '@manyhands/shared/volunteers/identity'
import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import { addressPseudonym } from './caller.ts'
import { withEffects } from './effects.ts'
import type { Env } from './env.ts'

/** One count of requests that has a limit. */
interface Counter {
  key: string
  limit: number
}

interface Count {
  limit: number
  remaining: number
  /** Epoch seconds of the window's end. */
  resetSeconds: number
}

/** Where guessing pays: few attempts, by address and by the account that is named. */
const SENSITIVE = new Set(['sign-in', 'recovery', 'project-password'])
/** People behind one address, such as a classroom, who may sign in within one window. */
const PEOPLE_PER_ADDRESS = 10
/** Browsers without account, each with a cookie of its own, that one address may have: a cookie costs
 *  nothing. Counted by each process for itself, since it is there against floods only. */
const BROWSERS_PER_ADDRESS = 100
/** The fields in which a body names an account. */
const ACCOUNT_FIELDS = ['login', 'email_addr', 'email', 'name']
/** What the contract fixes, whatever the setting (rest-api.md section 9.1): requests, seconds. */
const FIXED: Record<string, [number, number]> = { globalstats: [300, 900] }

/** So many requests per window, endpoint and identity (rest-api.md section 9.1, but by who calls rather
 *  than by address, so that a classroom shares nothing). Windows are aligned to the epoch, and the
 *  request that makes the count reach the limit is refused. With Redis away each process counts alone. */
export function createRateLimit(platform: PlatformContext) {
  const { RATE_LIMIT, RATE_LIMIT_WINDOW_SECONDS, SIGN_IN_LIMIT, REDIS_PREFIX } = platform.config
  // Counts only: what is too many is decided below.
  const counting = { keyPrefix: `${REDIS_PREFIX}:rate`, points: Number.MAX_SAFE_INTEGER }
  const limiter = new RateLimiterRedis({
    ...counting,
    storeClient: platform.redis,
    duration: RATE_LIMIT_WINDOW_SECONDS,
    insuranceLimiter: new RateLimiterMemory({ ...counting, duration: RATE_LIMIT_WINDOW_SECONDS }),
  })

  const count = async (bucket: string, counter: Counter): Promise<Count> => {
    const [limit, seconds] = FIXED[bucket] ?? [counter.limit, RATE_LIMIT_WINDOW_SECONDS]
    const window = Math.floor(platform.clock() / 1_000 / seconds)
    const key = `${bucket}:${counter.key}:${window}`
    const { consumedPoints } = await limiter.consume(key, 1, { customDuration: seconds })
    return {
      limit,
      remaining: Math.max(0, limit - consumedPoints),
      resetSeconds: (window + 1) * seconds,
    }
  }

  const flood = new Map<string, number>()
  let floodWindow = 0
  const refuseFlood = (bucket: string, { key, userIp }: Volunteer): void => {
    if (!userIp || !key.startsWith('browser:')) return
    const seconds = platform.clock() / 1_000
    const window = Math.floor(seconds / RATE_LIMIT_WINDOW_SECONDS)
    if (window !== floodWindow) flood.clear()
    floodWindow = window
    const count = (flood.get(`${bucket}:${userIp}`) ?? 0) + 1
    flood.set(`${bucket}:${userIp}`, count)
    if (count < RATE_LIMIT * BROWSERS_PER_ADDRESS) return
    throw new RateLimitedError(Math.ceil((window + 1) * RATE_LIMIT_WINDOW_SECONDS - seconds))
  }

  return (bucket: string) => {
    const counters = SENSITIVE.has(bucket)
      ? (c: Context<Env>) => sensitiveCounters(c, SIGN_IN_LIMIT)
      : (c: Context<Env>) => [{ key: c.var.ctx.caller.volunteer.key, limit: RATE_LIMIT }]
    const middleware = createMiddleware<Env>(async (c, next) => {
      const counts = await Promise.all((await counters(c)).map((each) => count(bucket, each)))
      const { limit, remaining, resetSeconds } = counts.reduce((a, b) =>
        b.remaining < a.remaining ? b : a,
      )
      c.header('X-RateLimit-Limit', String(limit))
      c.header('X-RateLimit-Remaining', String(remaining))
      c.header('X-RateLimit-Reset', String(resetSeconds))
      refuseFlood(bucket, c.var.ctx.caller.volunteer)
      if (remaining === 0) {
        throw new RateLimitedError(Math.max(1, Math.ceil(resetSeconds - platform.clock() / 1_000)))
      }
      await next()
    })
    return withEffects(middleware, EFFECTS)
  }
}

const EFFECTS = {
  refuses: [429],
  headers: {
    'X-RateLimit-Limit': 'How many requests a window allows.',
    'X-RateLimit-Remaining': 'How many are left in this window.',
    'X-RateLimit-Reset': 'When the next window begins, seconds since 1970.',
  },
}

async function sensitiveCounters(c: Context<Env>, limit: number): Promise<Counter[]> {
  const address = addressPseudonym(c, c.var.ctx)
  const byAddress = { key: `address:${address}`, limit: limit * PEOPLE_PER_ADDRESS }
  const account = await namedAccount(c)
  return account ? [byAddress, { key: `named:${account}`, limit }] : [byAddress]
}

/** A digest of the account that the body names, so that no name stands in a key. */
async function namedAccount(c: Context<Env>): Promise<string | undefined> {
  const body = await c.req.json<unknown>().catch(() => undefined)
  if (typeof body !== 'object' || body === null) return undefined
  const name = ACCOUNT_FIELDS.map((field) => (body as Record<string, unknown>)[field]).find(
    (value) => typeof value === 'string' && value !== '',
  )
  return typeof name === 'string'
    ? hashToken(name.trim().toLowerCase()).toString('base64url').slice(0, 22)
    : undefined
}
