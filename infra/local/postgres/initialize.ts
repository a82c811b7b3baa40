import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from '../processes/guarded-process.ts'
import { giveTo, writeOwned } from './account.ts'
import { clearStalePidFile } from './stale-pid-file.ts'

/** The role that owns everything in the embedded server. */
export const ROLE = 'manyhands'

interface Cluster {
  binaries: string
  directory: string
  account: Account | undefined
  password: string
  durable: boolean
}

/** Makes the data directory unless it is there. In a place beside it first: a killed initdb leaves a half
 *  directory that PostgreSQL would take for a damaged one. */
export async function initializeCluster(cluster: Cluster) {
  const { binaries, directory, account, password, durable } = cluster
  if (existsSync(join(directory, 'PG_VERSION'))) return
  const fresh = `${directory}.new`
  const passwordFile = `${directory}.password`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { mode: 0o700 })
  giveTo(fresh, account)
  writeOwned(passwordFile, password, account)
  // The collation is PostgreSQL's own, so that it sorts the same on every system.
  const collation = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--encoding=UTF8']
  const locale = `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`
  const access = ['-U', ROLE, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  try {
    await promisify(execFile)(
      join(binaries, 'bin/initdb'),
      ['-D', fresh, ...access, ...collation, locale, ...(durable ? [] : ['--no-sync'])],
      { cwd: '/', env: { PATH: process.env.PATH }, ...account },
    )
  } catch (error) {
    throw new Error(`initdb failed: ${(error as { stderr?: string }).stderr ?? error}`, {
      cause: error,
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(fresh, directory)
}

/** Gives the role a new password while the server is down: the file that held the old one was lost. */
export async function resetPassword(cluster: Omit<Cluster, 'durable'>) {
  const { binaries, directory, account, password } = cluster
  await clearStalePidFile(directory)
  const server = execFile(
    join(binaries, 'bin/postgres'),
    ['--single', '-D', directory, '-c', 'shared_preload_libraries=', 'postgres'],
    { cwd: '/', env: { PATH: process.env.PATH }, ...account },
  )
  server.stdin?.end(`alter role ${ROLE} password '${password}'\n`)
  const code = await new Promise((resolve) => server.on('close', resolve))
  if (code !== 0) throw new Error(`The password of the database could not be set (code ${code})`)
}
