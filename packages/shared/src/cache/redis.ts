import { Redis, type RedisOptions } from 'ioredis'
import type { Config } from '../config/config.ts'
import type { Log } from '../log/log.ts'

type RedisConfig = Pick<
  Config,
  'REDIS_URL' | 'REDIS_SENTINELS' | 'REDIS_SENTINEL_NAME' | 'REDIS_PASSWORD'
>

/** `fast`: for requests: fails at once when Redis is away. `patient`: for the queue's workers, which
 *  wait for it as long as it takes. */
export type Patience = 'fast' | 'patient'

/** A connection to Redis, direct or through Sentinels. */
export function connectRedis(config: RedisConfig, patience: Patience, log: Log): Redis {
  const options: RedisOptions = {
    ...(patience === 'fast'
      ? {
          maxRetriesPerRequest: 0,
          enableOfflineQueue: false,
          commandTimeout: 1_000,
          // Commands of one tick in one write: a request asks Redis for several things.
          enableAutoPipelining: true,
        }
      : { maxRetriesPerRequest: null }),
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1_000),
    // After a fail-over the old master answers READONLY: reconnect and send the command again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    ...(config.REDIS_PASSWORD && { password: config.REDIS_PASSWORD }),
  }
  const redis =
    config.REDIS_SENTINELS.length > 0
      ? new Redis({
          ...options,
          name: config.REDIS_SENTINEL_NAME,
          sentinels: config.REDIS_SENTINELS.map(parseAddress),
          failoverDetector: true,
          sentinelRetryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
        })
      : new Redis(config.REDIS_URL ?? '', options)
  // A worker has a patient connection for each queue: the fast one speaks for all of them.
  sayOnce(redis, log, patience === 'fast' ? ['warn', 'info'] : ['debug', 'debug'])
  return redis
}

/** One line when Redis goes away and one when it is back, however often the client retries. */
function sayOnce(redis: Redis, log: Log, [bad, good]: ['warn' | 'debug', 'info' | 'debug']): void {
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) log[bad]({ err: error }, 'redis is away')
    away = true
  })
  redis.on('ready', () => {
    if (away) log[good]('redis is back')
    away = false
  })
}

function parseAddress(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) }
}
