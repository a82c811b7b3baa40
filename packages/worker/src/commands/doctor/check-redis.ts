import type { Config } from '@manyhands/shared/config/config'
import type { Log } from '@manyhands/shared/log/log'
import { openRedis } from '../open-redis.ts'
import { type Finding, reasonOf } from './check.ts'

/** BullMQ 6 and the leases need the commands of this release. */
const MIN_VERSION = '6.2.0'

export async function checkRedis(config: Config, log: Log): Promise<Finding> {
  try {
    const redis = await openRedis(config, log)
    const info = await redis.info().finally(() => redis.disconnect())
    return judge(fieldOf(info, 'redis_version'), fieldOf(info, 'maxmemory_policy'))
  } catch (error) {
    const variable = config.REDIS_SENTINELS.length > 0 ? 'REDIS_SENTINELS' : 'REDIS_URL'
    return { ok: false, detail: reasonOf(error), advice: `Start Redis, or correct ${variable}` }
  }
}

function judge(version: string, policy: string): Finding {
  if (version.localeCompare(MIN_VERSION, 'en', { numeric: true }) < 0) {
    const advice = `Install Redis ${MIN_VERSION} or newer, or Valkey`
    return { ok: false, detail: `is version ${version}`, advice }
  }
  if (policy && policy !== 'noeviction') {
    return {
      ok: false,
      detail: `${version}, but maxmemory-policy is ${policy}: jobs may disappear`,
      advice: 'Set maxmemory-policy to noeviction',
    }
  }
  return { ok: true, detail: version }
}

function fieldOf(info: string, name: string): string {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? ''
}
