import { dirname, join } from 'node:path'
import { freePort } from '../processes/free-port.ts'
import { guardPath, removeGuardedPath } from '../processes/guard.ts'
import { type Account, spawnGuarded } from '../processes/guarded-process.ts'
import { newPassword } from '../processes/new-password.ts'
import { defineServer, type LocalServer } from '../processes/server.ts'
import { STOP_ORDER } from '../processes/stop-in-order.ts'
import { temporaryPlace } from '../processes/temporary-place.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { giveTo, postgresAccount, writeOwned } from './account.ts'
import { answers, ask } from './ask.ts'
import { postgresBinaries } from './binaries.ts'
import { initializeCluster, ROLE } from './initialize.ts'
import { PG_HBA, postgresqlConf } from './settings.ts'
import { clearStalePidFile } from './stale-pid-file.ts'

export interface PostgresOptions {
  /** Data directory, made when missing. Left out: throw-away data, gone after `dispose` or with this
   *  process, and quick instead of safe against a loss of power. */
  directory?: string
  port?: number
  /** What the role `manyhands` got when the data directory was made. */
  password?: string
  logFile?: string
  /** Made when missing; the URL names it. Default `postgres`. */
  database?: string
}

export interface PostgresServer extends LocalServer {
  /** Of the role `manyhands`, which may do everything. */
  readonly url: string
  /** The same for another database of this server. */
  urlOf(database: string): string
  readonly port: number
  readonly directory: string
  readonly password: string
  readonly account: Account | undefined
  readonly durable: boolean
  /** Stops it and removes throw-away data. */
  dispose(): Promise<void>
}

/** Starts a PostgreSQL server of its own on 127.0.0.1 and returns once it answers. It ends with this
 *  process, however that ends. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const account = postgresAccount(options.directory)
  const temporary = options.directory ? undefined : temporaryPlace(account)
  if (temporary) guardPath(temporary)
  const directory = options.directory ?? join(temporary ?? '', 'primary')
  const password = options.password ?? newPassword()
  const port = options.port ?? (await freePort())
  const database = options.database ?? 'postgres'
  const urlOf = (name: string) => `postgres://${ROLE}:${password}@127.0.0.1:${port}/${name}`
  const durable = !temporary

  const prepare = async () => {
    const binaries = postgresBinaries(account)
    await initializeCluster({ binaries, directory, account, password, durable })
    writeOwned(join(directory, 'postgresql.conf'), postgresqlConf({ port, durable }), account)
    writeOwned(join(directory, 'pg_hba.conf'), PG_HBA, account)
    await clearStalePidFile(directory)
    return binaries
  }
  const logFile = options.logFile ?? join(dirname(directory), 'primary.log')
  const server = defineServer({
    name: 'PostgreSQL',
    logFile,
    spawn: async () =>
      spawnPostgres({ name: 'PostgreSQL', binaries: await prepare(), directory, account, logFile }),
    untilReady: () => waitUntil(() => answers(urlOf('postgres')), { timeoutMs: 120_000 }),
  })
  await server.start()
  if (database !== 'postgres') await createDatabase(urlOf('postgres'), database)

  const dispose = async () => {
    await server.stop()
    if (temporary) removeGuardedPath(temporary)
  }
  const url = urlOf(database)
  return Object.assign(server, { url, urlOf, port, directory, password, account, durable, dispose })
}

interface Running {
  name: string
  binaries: string
  directory: string
  account: Account | undefined
  logFile: string
}

/** Starts the server program on a directory that has its configuration. */
export function spawnPostgres({ name, binaries, directory, account, logFile }: Running) {
  giveTo(directory, account)
  return spawnGuarded({
    name,
    command: join(binaries, 'bin/postgres'),
    args: ['-D', directory],
    cwd: '/',
    // Nothing of the person's PGPORT, PGOPTIONS and friends.
    env: { PATH: process.env.PATH, TZ: 'UTC' },
    account,
    output: logFile,
    stopSignal: 'SIGINT',
    stopOrder: name === 'PostgreSQL' ? STOP_ORDER.primary : STOP_ORDER.replica,
    graceMs: 10_000,
  })
}

async function createDatabase(url: string, name: string): Promise<void> {
  await ask(url, async (sql) => {
    const found = await sql`select 1 from pg_database where datname = ${name}`
    if (found.length === 0) await sql`create database ${sql(name)}`
  })
}
