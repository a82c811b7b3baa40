import { copyFileSync, truncateSync } from 'node:fs'
import { earlierLog, sizeOf } from '../processes/log-tail.ts'
import type { LocalServer } from '../processes/server.ts'

const LOOK_EVERY_MS = 60_000
const MAX_BYTES = 50_000_000

/** Moves the content of a long log to the one beside it, so that a stack that runs for months does not fill
 *  the disk. The processes append, so they go on at the beginning of the emptied file. */
export function keepLogsSmall(servers: readonly LocalServer[]): void {
  const look = () => {
    for (const { logFile } of servers) {
      if (sizeOf(logFile) < MAX_BYTES) continue
      copyFileSync(logFile, earlierLog(logFile))
      truncateSync(logFile)
    }
  }
  setInterval(look, LOOK_EVERY_MS).unref()
}
