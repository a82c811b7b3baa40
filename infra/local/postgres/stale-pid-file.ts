import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, identifyProcess } from '../processes/process-identity.mjs'
import { STOP_ORDER, stopInOrder } from '../processes/stop-in-order.ts'

/** Clears the way for a server on this data directory, which the caller must hold alone. PostgreSQL
 *  refuses to start when the number in its old pid file is in use by any process, which after a crash, or
 *  in a container started anew, is often somebody else. A server that really runs there is stopped. */
export async function clearStalePidFile(directory: string): Promise<void> {
  const file = join(directory, 'postmaster.pid')
  const pid = readPid(file)
  if (!pid) return
  const command = commandOf(pid)
  if (command.includes('postgres') && command.includes(directory)) {
    const record = {
      name: 'PostgreSQL',
      pid,
      identity: identifyProcess(pid) ?? '',
      graceMs: 10_000,
    }
    await stopInOrder([{ ...record, stopSignal: 'SIGINT', stopOrder: STOP_ORDER.primary }])
  }
  rmSync(file, { force: true })
}

function readPid(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8').split('\n')[0]) || undefined
  } catch {
    return undefined
  }
}
