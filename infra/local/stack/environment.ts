import { pathToFileURL } from 'node:url'
import { ConfigError, readConfig } from '@manyhands/shared/config/config'
import { ROOT } from './checkout.ts'
import { type DataDirectory, keptSecret } from './data-directory.ts'
import { UsageError } from './usage-error.ts'

export type Environment = Record<string, string>

/** What the person gave instead of the embedded part. */
export interface Given {
  database: boolean
  redis: boolean
}

export function givenInstead(env: NodeJS.ProcessEnv): Given {
  return {
    database: Boolean(env.DATABASE_URL),
    redis: Boolean(env.REDIS_URL || env.REDIS_SENTINELS),
  }
}

/** Looks at the person's variables before anything starts, in the way the processes will.
 *  Throws UsageError with one line per bad variable. */
export function checkEnvironment(env: NodeJS.ProcessEnv, port: number): void {
  const given = givenInstead(env)
  const problems: string[] = []
  if (env.DATABASE_REPLICA_URLS && !given.database) {
    problems.push('DATABASE_REPLICA_URLS: needs DATABASE_URL beside it')
  }
  try {
    readConfig({
      ...env,
      PORT: String(port),
      DATABASE_URL: env.DATABASE_URL || 'postgres://localhost/embedded',
      ...(given.redis ? {} : { REDIS_URL: 'redis://localhost' }),
      SECRET: env.SECRET || 'made when the data directory is',
    })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    problems.push(...error.problems)
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'))
}

/** The environment of every process of the stack: the person's, without what npm added, completed by what
 *  was started for it. */
export function stackEnvironment(
  person: NodeJS.ProcessEnv,
  data: DataDirectory,
  port: number,
  servers: Environment,
): Environment {
  const inherited = Object.entries(person).filter(
    (entry): entry is [string, string] =>
      Boolean(entry[1]) && !/^(npm_|pnpm_|MANYHANDS_|INIT_CWD$)/i.test(entry[0]),
  )
  return {
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://localhost:${port}`,
    STORAGE_URL: pathToFileURL(data.files).href,
    SECRET: person.SECRET || keptSecret(data),
    WEB_ROOT: `${ROOT}/packages/web/dist`,
    NODE_ENV: 'production',
    ...Object.fromEntries(inherited),
    ...servers,
    PORT: String(port),
  }
}
