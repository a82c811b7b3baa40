import type { Redis, RedisKey, RedisValue } from 'ioredis'

/** A Lua script that is sent once and then called by its digest. */
export function defineScript(redis: Redis, name: string, lua: string) {
  redis.defineCommand(name, { numberOfKeys: 0, lua })
  // `defineCommand` adds a method of that name; the types of ioredis do not know it.
  const call = (
    redis as unknown as Record<string, (...args: Array<RedisKey | RedisValue>) => Promise<unknown>>
  )[name]
  if (!call) throw new Error(`no command ${name}`)
  return (...args: RedisValue[]): Promise<unknown> => call.apply(redis, args)
}
