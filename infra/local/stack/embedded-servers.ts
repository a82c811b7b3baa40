import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { postgresAccount } from '../postgres/account.ts'
import { postgresBinaries } from '../postgres/binaries.ts'
import { resetPassword } from '../postgres/initialize.ts'
import { reachableHome } from '../postgres/reachable-places.ts'
import { type PostgresServer, startPostgres } from '../postgres/start-postgres.ts'
import { type ReplicaServer, startReplica } from '../postgres/start-replica.ts'
import { rotateLog } from '../processes/log-tail.ts'
import { type RedisServer, startRedis } from '../redis/start-redis.ts'
import { type DataDirectory, keptPassword } from './data-directory.ts'

/** The primary of this data directory, with the database `manyhands`. `onNote` hears what a person should
 *  know, such as that the data lie elsewhere. */
export async function embeddedPostgres(
  data: DataDirectory,
  port: number,
  onNote: (note: string) => void,
): Promise<PostgresServer> {
  const account = postgresAccount(join(data.postgres, 'primary'))
  const home = reachableHome(data.postgres, account, (place) =>
    onNote(
      `PostgreSQL does not run as root and ${data.root} is closed to others: its data are in ${place}`,
    ),
  )
  const directory = join(home, 'primary')
  const password = keptPassword(data, 'postgres')
  if (password.isNew && existsSync(directory)) {
    const binaries = postgresBinaries(account)
    await resetPassword({ binaries, directory, account, password: password.value })
  }
  const logFile = logOf(data, 'postgres')
  return startPostgres({
    directory,
    port,
    password: password.value,
    logFile,
    database: 'manyhands',
  })
}

export async function embeddedReplica(
  data: DataDirectory,
  port: number,
  primary: PostgresServer,
  onNote: (note: string) => void,
): Promise<ReplicaServer> {
  return startReplica({
    of: primary,
    port,
    logFile: logOf(data, 'postgres-replica1'),
    onCopy: (reason) => onNote(`PostgreSQL replica: copying the primary (${reason})`),
  })
}

export async function embeddedRedis(data: DataDirectory, port: number): Promise<RedisServer> {
  const password = keptPassword(data, 'redis').value
  return startRedis({ directory: data.redis, port, password, logFile: logOf(data, 'redis') })
}

/** A new log for a process of this start; the one before stays beside it. */
export function logOf(data: DataDirectory, name: string): string {
  const file = join(data.logs, `${name}.log`)
  rotateLog(file)
  return file
}
