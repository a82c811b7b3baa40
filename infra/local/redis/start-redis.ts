import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '../processes/free-port.ts'
import { guardPath, removeGuardedPath } from '../processes/guard.ts'
import { spawnGuarded } from '../processes/guarded-process.ts'
import { newPassword } from '../processes/new-password.ts'
import { defineServer, type LocalServer } from '../processes/server.ts'
import { STOP_ORDER } from '../processes/stop-in-order.ts'
import { temporaryPlace } from '../processes/temporary-place.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { findRedis } from './find-redis.ts'
import { redisCache } from './redis-cache.ts'

export interface RedisOptions {
  /** Where it keeps its data, made when missing. Left out: throw-away data, gone after `dispose` or with
   *  this process. */
  directory?: string
  port?: number
  password?: string
  logFile?: string
}

export interface RedisServer extends LocalServer {
  readonly url: string
  readonly port: number
  readonly directory: string
  /** Stops it and removes throw-away data. */
  dispose(): Promise<void>
}

/** Starts a Redis server of its own on 127.0.0.1 and returns once it answers. It ends with this process,
 *  however that ends. Throws RedisMissingError when there is none to be had. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const program = await findRedis(redisCache())
  const temporary = options.directory ? undefined : temporaryPlace(undefined)
  if (temporary) guardPath(temporary)
  const directory = options.directory ?? join(temporary ?? '', 'redis')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const port = options.port ?? (await freePort())
  const password = options.password ?? newPassword()
  const url = `redis://:${password}@127.0.0.1:${port}`
  const logFile = options.logFile ?? join(directory, 'redis.log')
  // In a file, since everybody on the machine can read the arguments of a process.
  const configuration = join(directory, 'redis.conf')
  writeFileSync(configuration, redisConf({ port, password, directory }), { mode: 0o600 })

  const server = defineServer({
    name: 'Redis',
    logFile,
    spawn: () =>
      spawnGuarded({
        name: 'Redis',
        command: program.command,
        args: [configuration],
        cwd: '/',
        env: { PATH: process.env.PATH, ...program.env },
        output: logFile,
        stopOrder: STOP_ORDER.redis,
        graceMs: 5000,
      }),
    untilReady: () => waitUntil(() => redisAnswers(url), { timeoutMs: 60_000 }),
  })
  await server.start()
  const dispose = async () => {
    await server.stop()
    if (temporary) removeGuardedPath(temporary)
  }
  return Object.assign(server, { url, port, directory, dispose })
}

/** A queue must never lose a job to make room (`noeviction`), and survive a restart (`appendonly`). */
function redisConf(facts: { port: number; password: string; directory: string }): string {
  return `bind 127.0.0.1
port ${facts.port}
requirepass ${facts.password}
dir "${facts.directory.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
daemonize no
`
}

/** False while it still loads its data. */
export async function redisAnswers(url: string): Promise<boolean> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: 1000,
  })
  redis.on('error', () => {}) // refused until it listens
  try {
    await redis.connect()
    return (await redis.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    redis.disconnect()
  }
}
