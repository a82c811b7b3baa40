import { once } from 'node:events'
import { connectRedis } from '@manyhands/shared/cache/redis'
import type { Config } from '@manyhands/shared/config/config'
import type { Log } from '@manyhands/shared/log/log'
import { type Finding, reasonOf } from './check.ts'

const PATIENCE_MS = 3_000
/** BullMQ 6 and the leases need the commands of this release. */
const MIN_VERSION = '6.2.0'

export async function checkRedis(config: Config, log: Log): Promise<Finding> {
  const redis = connectRedis(config, 'fast', log)
  let refusal: Error | undefined
  redis.on('error', (error: Error) => {
    refusal = error
  })
  try {
    await once(redis, 'ready', { signal: AbortSignal.timeout(PATIENCE_MS) }).catch((error) => {
      throw refusal ?? error
    })
    const info = await redis.info()
    const version = fieldOf(info, 'redis_version')
    if (version.localeCompare(MIN_VERSION, 'en', { numeric: true }) < 0) {
      const detail = `is version ${version}`
      return { ok: false, detail, advice: `Install Redis ${MIN_VERSION} or newer, or Valkey` }
    }
    const policy = fieldOf(info, 'maxmemory_policy')
    if (policy && policy !== 'noeviction') {
      return {
        ok: false,
        detail: `${version}, but maxmemory-policy is ${policy}: jobs may disappear`,
        advice: 'Set maxmemory-policy to noeviction',
      }
    }
    return { ok: true, detail: version }
  } catch (error) {
    const variable = config.REDIS_SENTINELS.length > 0 ? 'REDIS_SENTINELS' : 'REDIS_URL'
    return { ok: false, detail: reasonOf(error), advice: `Start Redis, or correct ${variable}` }
  } finally {
    redis.disconnect()
  }
}

function fieldOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? ''
}
