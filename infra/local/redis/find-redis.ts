import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { type RedisProgram, unpackedRedis, unpackRedis } from './unpack-redis.ts'

/** No Redis anywhere; the message tells a person what to install. */
export class RedisMissingError extends Error {}

const NAMES = ['redis-server', 'valkey-server']
/** The queue needs commands of 6.2. */
const OLDEST = [6, 2] as const

/** The first of: a server on PATH, one unpacked earlier into `cache`, one unpacked there now from the
 *  packages of Debian or Ubuntu. Throws RedisMissingError. */
export async function findRedis(cache: string): Promise<RedisProgram> {
  const onPath = await redisOnPath()
  if (onPath) return onPath
  const cached = unpackedRedis(cache)
  if (cached && (await isRecent(cached))) return cached
  let reason: string
  try {
    return await unpackRedis(cache)
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error)
  }
  throw new RedisMissingError(
    'No Redis found. Manyhands needs a server compatible with Redis 6.2 or newer for its queue.\n' +
      'Set REDIS_URL=redis://host:port, or install one: Debian/Ubuntu `sudo apt-get install redis-server`, ' +
      'macOS `brew install valkey`, Fedora `sudo dnf install valkey`.\n' +
      `(Tried: ${NAMES.join(' and ')} on PATH, ${cache}, apt-get download: ${reason})`,
  )
}

async function redisOnPath(): Promise<RedisProgram | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const program = { command: join(folder, name), env: {} }
      if (existsSync(program.command) && (await isRecent(program))) return program
    }
  }
  return undefined
}

async function isRecent({ command, env }: RedisProgram): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(command, ['--version'], {
      env: { ...process.env, ...env },
    })
    return isNewEnough(stdout)
  } catch {
    return false
  }
}

/** Reads "Redis server v=7.0.15 sha=…" or "Valkey server v=8.0.1 …". */
export function isNewEnough(version: string): boolean {
  const [, major, minor] = /v=(\d+)\.(\d+)/.exec(version)?.map(Number) ?? []
  if (major === undefined || minor === undefined) return false
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}
