import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { freePort } from '../processes/free-port.ts'
import { logTail, sizeOf } from '../processes/log-tail.ts'
import { defineServer, type LocalServer, ServerFailedError } from '../processes/server.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { writeOwned } from './account.ts'
import { answers, ask } from './ask.ts'
import { postgresBinaries } from './binaries.ts'
import { copyCluster } from './copy-cluster.ts'
import { ROLE } from './initialize.ts'
import { PG_HBA, postgresqlConf } from './settings.ts'
import { clearStalePidFile } from './stale-pid-file.ts'
import { type PostgresServer, spawnPostgres } from './start-postgres.ts'

export interface ReplicaOptions {
  /** The running primary to follow. */
  of: PostgresServer
  /** Default: beside the primary's data, gone together with them. */
  directory?: string
  port?: number
  logFile?: string
  /** How it appears in `pg_stat_replication.application_name`; of each replica its own. */
  name?: string
  /** Hears why the data are copied from the primary anew. */
  onCopy?: (reason: string) => void
}

export interface ReplicaServer extends LocalServer {
  readonly url: string
  /** The same for another database of this server. */
  urlOf(database: string): string
  readonly port: number
  readonly directory: string
  /** Answers queries but stays where it is, while the primary goes on. */
  pauseReplay(): Promise<void>
  resumeReplay(): Promise<void>
  /** True while it receives from the primary. */
  isStreaming(): Promise<boolean>
  /** Ends it; the next `start` copies the primary anew. */
  abandon(reason: string): Promise<void>
  dispose(): Promise<void>
}

/** What a replica writes when it will never catch up, however long one waits. */
const HOPELESS =
  /requested WAL segment .* removed|system identifier differs|requested timeline|highest timeline|requested starting point .* ahead/

/** Starts a streaming replica on 127.0.0.1 and returns once it follows the primary. Data that are missing,
 *  damaged or cannot follow any more are copied from the primary. */
export async function startReplica(options: ReplicaOptions): Promise<ReplicaServer> {
  const { of: primary, name = 'replica1', onCopy = () => {} } = options
  const { account, durable } = primary
  const directory = options.directory ?? join(dirname(primary.directory), name)
  const logFile = options.logFile ?? join(dirname(directory), `${name}.log`)
  const port = options.port ?? (await freePort())
  const onThisPort = (primaryUrl: string) => primaryUrl.replace(`:${primary.port}/`, `:${port}/`)
  const url = onThisPort(primary.url)
  const primaryConninfo = `host=127.0.0.1 port=${primary.port} user=${ROLE} password=${primary.password} application_name=${name}`

  const isStreaming = () =>
    ask(url, async (sql) => {
      const rows = await sql`select 1 from pg_stat_wal_receiver where status = 'streaming'`
      return rows.length > 0
    }).catch(() => false)

  /** It says `streaming` for a moment even when the first thing it asks for is gone: it follows once it
   *  has replayed what the primary had when it was started. */
  const hasCaughtUp = (position: string) =>
    ask(url, async (sql) => {
      const rows = await sql`
        select 1 from pg_stat_wal_receiver
        where status = 'streaming' and pg_last_wal_replay_lsn() >= ${position}::pg_lsn`
      return rows.length > 0
    }).catch(() => false)

  let logStart = 0
  let startPosition = '0/0'
  /** Without a primary there is nobody to follow: then it is enough that it answers. */
  const isReady = async () => {
    const said = logTail(logFile, 50, logStart).find((line) => HOPELESS.test(line))
    if (said)
      throw new ServerFailedError(`PostgreSQL ${name} cannot follow`, { code: 1, signal: null }, [
        said,
      ])
    if (await hasCaughtUp(startPosition)) return true
    return (await answers(url)) && !(await answers(primary.url))
  }
  const server = defineServer({
    name: `PostgreSQL ${name}`,
    logFile,
    async spawn() {
      const conf = postgresqlConf({ port, durable, primaryConninfo })
      writeOwned(join(directory, 'postgresql.conf'), conf, account)
      writeOwned(join(directory, 'pg_hba.conf'), PG_HBA, account)
      await clearStalePidFile(directory)
      logStart = sizeOf(logFile)
      startPosition = await positionOf(primary)
      const binaries = postgresBinaries(account)
      return spawnPostgres({ name: `PostgreSQL ${name}`, binaries, directory, account, logFile })
    },
    untilReady: () => waitUntil(isReady, { timeoutMs: 30_000 }),
  })

  const follow = server.start
  let abandoned: string | undefined
  const copyAnew = async (reason: string) => {
    onCopy(reason)
    await server.stop()
    await copyCluster(primary.url, primary.directory, directory, account)
    abandoned = undefined
    await follow()
  }
  const start = async () => {
    if (abandoned) return copyAnew(abandoned)
    if (!existsSync(join(directory, 'standby.signal'))) return copyAnew('there is none yet')
    try {
      await follow()
    } catch (error) {
      if (!(error instanceof ServerFailedError)) throw error
      await copyAnew(error.message)
    }
  }
  const abandon = async (reason: string) => {
    abandoned = reason
    await server.stop()
  }
  const replica = Object.assign(server, {
    url,
    urlOf: (database: string) => onThisPort(primary.urlOf(database)),
    port,
    directory,
    start,
    isStreaming,
    abandon,
    pauseReplay: () => ask(url, async (sql) => void (await sql`select pg_wal_replay_pause()`)),
    resumeReplay: () => ask(url, async (sql) => void (await sql`select pg_wal_replay_resume()`)),
    dispose: server.stop,
  })
  await replica.start()
  return replica
}

/** Where the primary's log ends; nowhere while it is away. */
async function positionOf(primary: PostgresServer): Promise<string> {
  const read = ask(primary.url, (sql) => sql`select pg_current_wal_flush_lsn()::text as position`)
  const rows = await read.catch(() => [])
  return String(rows[0]?.position ?? '0/0')
}
