import { describe, expect, it } from 'vitest'
import { useTestPlatform } from '../../testing/platform.ts'
import { RateLimitedError } from '../errors/errors.ts'
import { Attempts } from './attempts.ts'

const platform = useTestPlatform()
const rule = { tries: 3, windowSeconds: 60 }
const takeMany = (attempts: Attempts, count: number, key = 'door') =>
  Promise.allSettled(Array.from({ length: count }, () => attempts.take(key, rule)))
const refusals = (outcomes: PromiseSettledResult<void>[]) =>
  outcomes.filter((outcome) => outcome.status === 'rejected').length

describe('tries at something secret', () => {
  it('are refused once they are used up, also when they come all at once', async () => {
    const outcomes = await takeMany(platform.ctx.attempts, 10)
    expect(refusals(outcomes)).toBe(7)
    const error = await platform.ctx.attempts.take('door', rule).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(RateLimitedError)
    expect((error as RateLimitedError).retryAfterSeconds).toBeGreaterThan(50)
  })

  it('are counted apart for each key, and given back after a success', async () => {
    await takeMany(platform.ctx.attempts, 3, 'one')
    await platform.ctx.attempts.take('another', rule)
    await platform.ctx.attempts.clear('one')
    expect(refusals(await takeMany(platform.ctx.attempts, 3, 'one'))).toBe(0)
  })

  it('are counted by this process alone while Redis is away', async () => {
    const gone = platform.ctx.redis.duplicate({ lazyConnect: true, enableOfflineQueue: false })
    gone.on('error', () => {})
    const attempts = new Attempts(gone, 'away')
    expect(refusals(await takeMany(attempts, 5))).toBe(2)
    await attempts.clear('door')
    expect(refusals(await takeMany(attempts, 1))).toBe(0)
    gone.disconnect()
  })
})
