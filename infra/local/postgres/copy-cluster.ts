import { constants, existsSync } from 'node:fs'
import { chmod, chown, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Account } from '../processes/guarded-process.ts'
import { giveTo, writeOwned } from './account.ts'
import { ask } from './ask.ts'

/** Files that belong to the running server and not to its data, and directories whose content does. From
 *  "Backing Up The Data Directory" in the PostgreSQL manual, section 25.3. */
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|backup_label(\.old)?|standby\.signal|pg_internal\.init.*|pgsql_tmp.*)$/
const EMPTIED =
  /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)$/

/** Copies the data of a running primary to `to` as the beginning of a replica, replacing what is there.
 *  The primary serves on meanwhile; what it writes during the copy comes over the wire afterwards, as long
 *  as it is less than `wal_keep_size`. */
export async function copyCluster(primaryUrl: string, from: string, to: string, account?: Account) {
  const fresh = `${to}.new`
  await rm(fresh, { recursive: true, force: true })
  // Both calls on one connection: the backup ends when its session does.
  await ask(primaryUrl, async (sql) => {
    await sql`select pg_backup_start('replica', true)`
    await copyDirectory(from, fresh, account)
    const [stopped] = await sql`select labelfile from pg_backup_stop(false)`
    writeOwned(join(fresh, 'backup_label'), String(stopped?.labelfile), account)
  })
  for (const name of ['archive_status', 'summaries']) {
    await mkdir(join(fresh, 'pg_wal', name), { mode: 0o700 })
    giveTo(join(fresh, 'pg_wal', name), account)
  }
  writeOwned(join(fresh, 'standby.signal'), '', account)
  await rm(to, { recursive: true, force: true })
  await rename(fresh, to)
}

async function copyDirectory(from: string, to: string, account?: Account): Promise<void> {
  await mkdir(to, { mode: 0o700 })
  if (account) await chown(to, account.uid, account.gid)
  const entries = await readdir(from, { withFileTypes: true })
  // pg_control last: it must not be newer than the files it speaks of.
  entries.sort((a, b) => Number(a.name === 'global') - Number(b.name === 'global'))
  entries.sort((a, b) => Number(a.name === 'pg_control') - Number(b.name === 'pg_control'))
  for (const entry of entries) {
    if (LEFT_OUT.test(entry.name)) continue
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (!entry.isDirectory()) await copyOne(source, target, account)
    else if (EMPTIED.test(entry.name)) await makeEmpty(target, account)
    else await copyDirectory(source, target, account)
  }
}

async function makeEmpty(directory: string, account?: Account): Promise<void> {
  await mkdir(directory, { mode: 0o700 })
  if (account) await chown(directory, account.uid, account.gid)
}

/** A table dropped during the copy takes its file away; the log that is replayed knows of it. */
async function copyOne(source: string, target: string, account?: Account): Promise<void> {
  try {
    await copyFile(source, target, constants.COPYFILE_FICLONE)
  } catch (error) {
    if (!existsSync(source)) return
    throw error
  }
  await chmod(target, 0o600)
  if (account) await chown(target, account.uid, account.gid)
}
