import { type Config, readConfigOrExit } from '@manyhands/shared/config/config'
import type { Context } from '@manyhands/shared/context/context'
import { Database } from '@manyhands/shared/db/database'
import { createLog, type Log } from '@manyhands/shared/log/log'
import { Secrets } from '@manyhands/shared/secrets/secrets'
import { openStorage } from '@manyhands/shared/storage/open-storage'
import type { Invocation } from './invocation.ts'

export type DatabaseContext = Pick<Context, 'config' | 'log' | 'db' | 'secrets' | 'storage'>

/** The configuration of a command that never speaks to Redis: then nobody has to say where Redis is. */
export function readConfigWithoutRedis(env: Invocation['env']): Config {
  return readConfigOrExit({ ...env, REDIS_URL: env.REDIS_URL || 'redis://not-needed.invalid' })
}

/** Opens the primary for one command and closes it again, so that the command ends when it is done. */
export async function withDatabase<T>(
  { env }: Invocation,
  use: (ctx: DatabaseContext) => Promise<T>,
): Promise<T> {
  const config = readConfigWithoutRedis(env)
  const log = commandLog(config)
  const db = new Database({
    primaryUrl: config.DATABASE_URL,
    replicaUrls: [],
    poolSize: 2,
    pooling: config.DATABASE_POOLING,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
    maxLagMs: config.REPLICA_MAX_LAG_MS,
    applicationName: 'manyhands-cli',
    log,
  })
  try {
    const secrets = new Secrets(config.SECRET)
    return await use({ config, log, db, secrets, storage: openStorage(config) })
  } finally {
    await db.close()
  }
}

/** Logs go to standard error: standard output carries the result. */
export function commandLog(config: Config): Log {
  return createLog('cli', config.LOG_LEVEL, { write: (line) => process.stderr.write(line) })
}
