// As root, PostgreSQL runs under another account, which may not be able to enter the checkout or the data
// directory at all: /root, or a clone inside a private temporary directory. Then both move elsewhere.

import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Account } from '../processes/guarded-process.ts'
import { canReach } from '../processes/temporary-place.ts'

/** How a moved directory is called, and the file in it that names the data directory it belongs to. */
const MOVED = 'manyhands-data-'
const ORIGIN = 'origin'

const SYSTEM_PLACES = ['/var/lib/manyhands', '/var/tmp/manyhands']

/** The database cannot lie where it should; the message says what to do. */
export class DataPlaceError extends Error {}

/** The directory for PostgreSQL's data, made when missing. When the account cannot reach `wanted`, it
 *  becomes a link to a place that it can reach, and `onMoved` hears where. Throws DataPlaceError. */
export function reachableHome(
  wanted: string,
  account: Account | undefined,
  onMoved: (place: string) => void = () => {},
): string {
  if (!existsSync(wanted)) {
    assertNoLostLink(wanted)
    if (canReach(dirname(wanted), account)) mkdirSync(wanted, { mode: 0o711 })
    else symlinkSync(newPlace(dirname(wanted)), wanted)
  }
  const home = realpathSync(wanted)
  if (!canReach(home, account)) {
    throw new DataPlaceError(
      `PostgreSQL does not run as root, and user ${account?.uid} cannot enter ${home}. ` +
        'Open its parent directories to others, or choose another place with --data.',
    )
  }
  if (basename(home) !== basename(wanted)) {
    claim(home, realpathSync(dirname(wanted)))
    onMoved(home)
  }
  return home
}

/** An empty database in place of one that was lost would look as if it had been emptied. */
function assertNoLostLink(wanted: string): void {
  const link = lstatSync(wanted, { throwIfNoEntry: false })
  if (!link) return
  throw new DataPlaceError(
    `The database was in ${readlinkSync(wanted)}, which is gone. ` +
      `Remove ${wanted} to begin with an empty one.`,
  )
}

/** A copied data directory brings a copy of the link: two servers on the same data would destroy them. One
 *  that was moved takes its data along. */
function claim(home: string, dataDirectory: string): void {
  const file = join(home, ORIGIN)
  const origin = existsSync(file) ? readFileSync(file, 'utf8') : dataDirectory
  const link = join(origin, 'postgres')
  if (origin !== dataDirectory && existsSync(link) && realpathSync(link) === home) {
    throw new DataPlaceError(
      `${dataDirectory} is a copy of ${origin}, and both link to the database in ${home}. ` +
        `Remove ${join(dataDirectory, 'postgres')} to begin with an empty one.`,
    )
  }
  writeFileSync(file, dataDirectory, { mode: 0o600 })
}

/** Where things stay that all checkouts of this machine can use. Only root ever needs it. */
export function systemPlace(): string {
  for (const place of SYSTEM_PLACES) {
    try {
      mkdirSync(place, { recursive: true, mode: 0o755 })
      return place
    } catch {
      // read-only or not ours: the next one
    }
  }
  throw new Error(`None of ${SYSTEM_PLACES.join(', ')} can be made`)
}

/** Data in a temporary directory move to a temporary directory: both go at the same time. The random end
 *  keeps the data of an earlier directory of the same name, which somebody may still want. */
function newPlace(dataDirectory: string): string {
  const real = realpathSync(dataDirectory)
  const isTemporary = real.startsWith('/tmp/')
  if (isTemporary) removeOrphans()
  const base = isTemporary ? '/tmp' : systemPlace()
  const place = mkdtempSync(join(base, `${MOVED}${basename(real)}-`))
  chmodSync(place, 0o711)
  writeFileSync(join(place, ORIGIN), real, { mode: 0o600 })
  return place
}

/** Whoever deletes a temporary data directory deletes the link and not what it points to. */
function removeOrphans(): void {
  for (const name of readdirSync('/tmp')) {
    const origin = join('/tmp', name, ORIGIN)
    if (!name.startsWith(MOVED) || !existsSync(origin)) continue
    const isOurs = lstatSync(join('/tmp', name)).uid === process.getuid?.()
    if (isOurs && !existsSync(readFileSync(origin, 'utf8'))) {
      rmSync(join('/tmp', name), { recursive: true, force: true })
    }
  }
}
