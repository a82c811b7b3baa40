import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { useTestPlatform } from '../../testing/platform.ts'
import { Cache } from './cache.ts'
import { connectRedis } from './redis.ts'

const platform = useTestPlatform()
/** A second process, as far as the cache is concerned. */
let other: Cache
let redis: ReturnType<typeof connectRedis>
beforeAll(async () => {
  redis = connectRedis(platform.config, 'fast', platform.ctx.log)
  other = new Cache(redis, platform.config.REDIS_PREFIX, platform.ctx.log)
  await vi.waitFor(() => expect(redis.status).toBe('ready'))
})
afterAll(async () => {
  await other.close()
  redis.disconnect()
})

const options = (key: string, freshMs = 60_000, staleMs = 60_000) => ({
  key,
  freshMs,
  staleMs,
  tags: [`tag-${key}`],
})

describe('the cache', () => {
  it('loads once for all who ask at the same time', async () => {
    const load = vi.fn(async () => 'owl')
    const values = await Promise.all(
      Array.from({ length: 50 }, () => platform.ctx.cache.get(options('flight'), load)),
    )
    expect(new Set(values)).toEqual(new Set(['owl']))
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('shares what one process has loaded with the others', async () => {
    await platform.ctx.cache.get(options('shared'), async () => ({ n: 1 }))
    expect(await other.get(options('shared'), async () => ({ n: 2 }))).toEqual({ n: 1 })
  })

  it('forgets by tag, everywhere', async () => {
    await platform.ctx.cache.get(options('dropped'), async () => 1)
    await other.get(options('dropped'), async () => 1)
    await platform.ctx.cache.drop('tag-dropped')
    expect(await platform.ctx.cache.get(options('dropped'), async () => 2)).toBe(2)
    await vi.waitFor(async () => expect(await other.get(options('dropped'), async () => 3)).toBe(2))
  })

  it.each([
    ['another process', () => other],
    ['this process', () => platform.ctx.cache],
  ])('does not keep what was loaded while %s dropped it', async (_who, dropping) => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const load = vi.fn(() => promise)
    const slow = platform.ctx.cache.get(options('race'), load)
    await vi.waitFor(() => expect(load).toHaveBeenCalled())
    await dropping().drop('tag-race')
    resolve('old')
    await slow

    expect(await other.get(options('race'), async () => 'new')).toBe('new')
    await vi.waitFor(async () =>
      expect(await platform.ctx.cache.get(options('race'), async () => 'new')).toBe('new'),
    )
    await platform.ctx.cache.drop('tag-race')
  })

  it('serves the old value while it loads the new one', async () => {
    const key = options('stale', 1, 60_000)
    await platform.ctx.cache.get(key, async () => 'old')
    let loaded = ''
    await vi.waitFor(async () => {
      loaded = await platform.ctx.cache.get(key, async () => 'new')
      expect(loaded).toBe('new')
    })
  })

  it('does not remember a failure', async () => {
    const failing = platform.ctx.cache.get(options('failing'), async () =>
      Promise.reject(new Error('no')),
    )
    await expect(failing).rejects.toThrow('no')
    expect(await platform.ctx.cache.get(options('failing'), async () => 'yes')).toBe('yes')
  })
})
