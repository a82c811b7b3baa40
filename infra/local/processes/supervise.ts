import { setTimeout as sleep } from 'node:timers/promises'
import { type LocalServer, ServerFailedError } from './server.ts'

/** sysexits(3) EX_CONFIG: starting it again with the same configuration cannot help. */
export const EXIT_CONFIGURATION = 78

const BACKOFF_MS = [200, 1000, 2000, 5000, 10_000]
const STABLE_AFTER_MS = 30_000

export interface Supervision {
  /** True once the launcher stops everything: an end is then wanted. */
  isStopping: () => boolean
  onLine: (line: string) => void
}

/** Starts a server again whenever it ends by itself. Returns when everything is being stopped. Throws its
 *  last failure after as many in a row as there are backoff steps, or at once when its configuration is
 *  bad. */
export async function supervise(server: LocalServer, { isStopping, onLine }: Supervision) {
  let failures = 0
  let failure = await server.ended()
  while (!isStopping()) {
    const delay = BACKOFF_MS[failures++]
    if (delay === undefined || failure.exit.code === EXIT_CONFIGURATION) throw failure
    onLine(`${failure.message}; starting it again (${failures} of ${BACKOFF_MS.length})`)
    await sleep(delay)
    if (isStopping()) return
    const began = Date.now()
    failure = await runAgain(server, onLine)
    if (Date.now() - began > STABLE_AFTER_MS) failures = 0
  }
}

async function runAgain(server: LocalServer, onLine: (line: string) => void) {
  try {
    await server.start()
    onLine(`${server.name} serves again`)
    return await server.ended()
  } catch (error) {
    if (error instanceof ServerFailedError) return error
    // A replica whose primary is down as well cannot even be copied: that counts as one more failure.
    return new ServerFailedError(`${server.name}: ${error}`, { code: null, signal: null }, [])
  }
}
