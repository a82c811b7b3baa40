import { execFileSync } from 'node:child_process'
import { chownSync, statSync, writeFileSync } from 'node:fs'
import type { Account } from '../processes/guarded-process.ts'

/** Who PostgreSQL runs as, since it refuses root: the owner of data that exist, else whoever called sudo,
 *  else nobody. Undefined for a normal user: then it is simply that user. */
export function postgresAccount(existing?: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = existing ? statSync(existing, { throwIfNoEntry: false }) : undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const { SUDO_UID, SUDO_GID } = process.env
  if (Number(SUDO_UID) > 0) return { uid: Number(SUDO_UID), gid: Number(SUDO_GID) }
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') }
}

/** Writes a file that only this account may read. */
export function writeOwned(file: string, text: string, account: Account | undefined): void {
  writeFileSync(file, text, { mode: 0o600 })
  giveTo(file, account)
}

export function giveTo(path: string, account: Account | undefined): void {
  if (account) chownSync(path, account.uid, account.gid)
}

function idOfNobody(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  } catch {
    return 65_534
  }
}
