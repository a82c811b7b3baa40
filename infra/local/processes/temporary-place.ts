import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Account } from './guarded-process.ts'

export const TEMPORARY_PLACES = [...new Set([tmpdir(), '/tmp', '/var/tmp'])]

/** A new directory for throw-away data that the account can enter. */
export function temporaryPlace(account: Account | undefined): string {
  const base = TEMPORARY_PLACES.find((place) => existsSync(place) && canReach(place, account))
  const place = mkdtempSync(join(base ?? tmpdir(), 'manyhands-'))
  chmodSync(place, 0o711)
  return place
}

/** True when this account can enter the directory. Asked by trying, since modes of parents,
 *  access lists and mounts all have a say. */
export function canReach(directory: string, account: Account | undefined): boolean {
  const script = 'cd "$1"'
  const { status } = spawnSync('/bin/sh', ['-c', script, 'sh', directory], {
    cwd: '/',
    stdio: 'ignore',
    ...account,
  })
  return status === 0
}
