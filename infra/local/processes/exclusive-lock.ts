import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

/** Kept from the garbage collector, which would close the database and give the lock back. */
const held = new Set<DatabaseSync>()

export interface ExclusiveLock {
  release(): void
}

/** Takes a lock that the system gives back by itself when this process dies, even by `kill -9`: the file
 *  lock of an SQLite database, since Node has no flock(2) of its own. Undefined when another process has
 *  held it for all of `waitMs`; `holder` then says who. `note` is what others read about us. */
export async function takeLock(
  file: string,
  note: string,
  { waitMs = 0, onWait = () => {} }: { waitMs?: number; onWait?: () => void } = {},
): Promise<ExclusiveLock | undefined> {
  const deadline = Date.now() + waitMs
  for (let told = false; ; told = true) {
    const lock = tryLock(file, note)
    if (lock || Date.now() >= deadline) return lock
    if (!told) onWait()
    await sleep(100)
  }
}

/** The note of whoever holds the lock or held it last. */
export function lockNote(file: string): string {
  try {
    return readFileSync(`${file}.txt`, 'utf8')
  } catch {
    return ''
  }
}

function tryLock(file: string, note: string): ExclusiveLock | undefined {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('pragma journal_mode = memory')
    database.exec('begin exclusive')
  } catch (error) {
    database.close()
    if (isBusy(error)) return undefined
    throw error
  }
  writeFileSync(`${file}.txt`, note, { mode: 0o600 })
  held.add(database)
  return {
    release() {
      held.delete(database)
      database.close()
    },
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5 // SQLITE_BUSY
}
