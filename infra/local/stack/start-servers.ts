import { answers } from '../postgres/ask.ts'
import type { PostgresServer } from '../postgres/start-postgres.ts'
import type { ReplicaServer } from '../postgres/start-replica.ts'
import type { LocalServer } from '../processes/server.ts'
import { redisAnswers } from '../redis/start-redis.ts'
import type { DataDirectory } from './data-directory.ts'
import { embeddedPostgres, embeddedRedis, embeddedReplica } from './embedded-servers.ts'
import { type Environment, givenInstead } from './environment.ts'
import type { Progress } from './progress.ts'
import { rememberedPorts } from './remembered-ports.ts'
import { UsageError } from './usage-error.ts'

/** What the processes need, started or given. */
export interface Servers {
  /** The variables that say where they are. */
  environment: Environment
  /** Those that were started, to be looked after. */
  started: LocalServer[]
  replica: ReplicaServer | undefined
}

/** Starts PostgreSQL, its replica and Redis, or looks whether those answer that were given instead. */
export async function startServers(
  data: DataDirectory,
  person: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<Servers> {
  const given = givenInstead(person)
  const ports = await rememberedPorts(data, ['postgres', 'replica1', 'redis'])
  const servers: Servers = { environment: {}, started: [], replica: undefined }

  const database = async () => {
    if (given.database) return assertDatabase(person, progress)
    const primary = await startPrimary(data, ports.postgres, progress)
    servers.started.push(primary)
    servers.environment.DATABASE_URL = primary.url
    await progress.step('PostgreSQL replica', async () => {
      servers.replica = await embeddedReplica(data, ports.replica1, primary, progress.note)
      servers.started.push(servers.replica)
      servers.environment.DATABASE_REPLICA_URLS = servers.replica.url
      return `127.0.0.1:${ports.replica1}`
    })
  }
  const redis = async () => {
    if (given.redis) return assertRedis(person, progress)
    await progress.step('Redis', async () => {
      const server = await embeddedRedis(data, ports.redis)
      servers.started.push(server)
      servers.environment.REDIS_URL = server.url
      return `127.0.0.1:${ports.redis}`
    })
  }
  await Promise.all([database(), redis()])
  return servers
}

async function startPrimary(data: DataDirectory, port: number, progress: Progress) {
  let primary: PostgresServer | undefined
  await progress.step('PostgreSQL', async () => {
    primary = await embeddedPostgres(data, port, progress.note)
    return `127.0.0.1:${port}`
  })
  if (!primary) throw new Error('PostgreSQL was not started')
  return primary
}

async function assertDatabase({ DATABASE_URL = '' }: NodeJS.ProcessEnv, progress: Progress) {
  await progress.step('PostgreSQL', async () => {
    const { host } = new URL(DATABASE_URL)
    if (!(await answers(DATABASE_URL))) throw new UsageError(`DATABASE_URL: no answer from ${host}`)
    return `yours at ${host}`
  })
}

async function assertRedis({ REDIS_URL, REDIS_SENTINELS }: NodeJS.ProcessEnv, progress: Progress) {
  await progress.step('Redis', async () => {
    if (!REDIS_URL) return `yours behind the sentinels ${REDIS_SENTINELS}`
    const { host } = new URL(REDIS_URL)
    if (!(await redisAnswers(REDIS_URL))) throw new UsageError(`REDIS_URL: no answer from ${host}`)
    return `yours at ${host}`
  })
}
