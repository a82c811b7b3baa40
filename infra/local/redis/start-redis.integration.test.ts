import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RedisServer, startRedis } from './start-redis.ts'

let server: RedisServer

beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.dispose())

async function withClient<T>(use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(server.url)
  try {
    return await use(redis)
  } finally {
    redis.disconnect()
  }
}

it('keeps what it holds over a stop', async () => {
  await withClient((redis) => redis.set('answer', '42'))
  await server.stop()
  expect(() => server.pid).toThrow(/not running/)
  await server.start()
  expect(await withClient((redis) => redis.get('answer'))).toBe('42')
})

it('hangs while it is frozen and answers afterwards', async () => {
  await withClient(async (redis) => {
    await redis.ping()
    await server.pause()
    const answer = redis.ping()
    const first = await Promise.race([
      answer,
      new Promise((resolve) => setTimeout(() => resolve('hangs'), 200)),
    ])
    expect(first).toBe('hangs')
    await server.resume()
    expect(await answer).toBe('PONG')
  })
})

it('wants its password', async () => {
  const redis = new Redis(server.port, { retryStrategy: () => null })
  redis.on('error', () => {}) // the greeting fails as well
  await expect(redis.ping()).rejects.toThrow(/NOAUTH/)
  redis.disconnect()
})
