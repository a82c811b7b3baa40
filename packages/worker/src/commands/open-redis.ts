import { once } from 'node:events'
import { connectRedis } from '@manyhands/shared/cache/redis'
import type { Config } from '@manyhands/shared/config/config'
import type { Log } from '@manyhands/shared/log/log'

const PATIENCE_MS = 3_000

/** A connection that is ready, to be closed with `disconnect()`. Throws what keeps it from being ready. */
export async function openRedis(
  config: Config,
  log: Log,
): Promise<ReturnType<typeof connectRedis>> {
  const redis = connectRedis(config, 'fast', log)
  let refusal: Error | undefined
  redis.on('error', (error: Error) => {
    refusal = error
  })
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(PATIENCE_MS) })
    return redis
  } catch (error) {
    redis.disconnect()
    throw refusal ?? error
  }
}
