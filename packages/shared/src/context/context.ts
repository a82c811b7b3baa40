import type { Redis } from 'ioredis'
import { Attempts } from '../cache/attempts.ts'
import { Cache } from '../cache/cache.ts'
import { CommitPositions } from '../cache/commit-positions.ts'
import { connectRedis } from '../cache/redis.ts'
import type { Config } from '../config/config.ts'
import { Database } from '../db/database.ts'
import type { Log } from '../log/log.ts'
import { Producer } from '../queues/producer.ts'
import { Leases } from '../scheduler/leases.ts'
import { Positions } from '../scheduler/positions.ts'
import { Secrets } from '../secrets/secrets.ts'
import { openStorage } from '../storage/open-storage.ts'
import type { Storage } from '../storage/storage.ts'

/** An answer of the API on its way out, with the description that it should keep. */
export interface Answered {
  method: string
  /** As the description writes it; undefined where no endpoint was asked. */
  path: string | undefined
  /** The OpenAPI document. */
  document: object
  /** A copy. */
  response: Response
}

/** What a process has: built once in its `main.ts` and passed in. There are no connections at module
 *  level. */
export interface Context {
  config: Config
  log: Log
  db: Database
  /** For requests: fails at once while Redis is away. */
  redis: Redis
  cache: Cache
  attempts: Attempts
  positions: CommitPositions
  leases: Leases
  places: Positions
  producer: Producer
  storage: Storage
  secrets: Secrets
  /** Now, epoch milliseconds. */
  clock: () => number
  /** Sees every answer of the API: how the tests hold each of them against its description. */
  onAnswer?: (answered: Answered) => Promise<void>
}

/** Opens every connection, in the background: a process is ready once `ctx.db.ping()` succeeds. */
export function openContext(config: Config, log: Log, applicationName: string): Context {
  const db = new Database({
    primaryUrl: config.DATABASE_URL,
    replicaUrls: config.DATABASE_REPLICA_URLS,
    poolSize: config.DATABASE_POOL_SIZE,
    pooling: config.DATABASE_POOLING,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
    maxLagMs: config.REPLICA_MAX_LAG_MS,
    applicationName,
    log,
  })
  const redis = connectRedis(config, 'fast', log)
  const prefix = config.REDIS_PREFIX
  return {
    config,
    log,
    db,
    redis,
    cache: new Cache(redis, prefix, log),
    attempts: new Attempts(redis, prefix),
    positions: new CommitPositions(redis, prefix),
    leases: new Leases(
      redis,
      {
        prefix,
        leaseTtlMs: config.LEASE_TTL_SECONDS * 1_000,
        requestTtlMs: Math.max(config.REQUEST_TTL_SECONDS, config.LEASE_TTL_SECONDS) * 1_000,
      },
      log,
    ),
    places: new Positions(redis, prefix),
    producer: new Producer(connectRedis(config, 'fast', log), prefix),
    storage: openStorage(config),
    secrets: new Secrets(config.SECRET),
    clock: Date.now,
  }
}

export async function closeContext(ctx: Context): Promise<void> {
  await ctx.producer.close()
  await ctx.cache.close()
  ctx.redis.disconnect()
  await ctx.db.close()
}
