import { readFileSync } from 'node:fs'
import { isAlive } from './process-tree.ts'
import type { GuardedRecord } from './stop-in-order.ts'
import { stopInOrder } from './stop-in-order.ts'

/** Stops what an earlier launcher with the same data left running, which takes that both it and its
 *  guardian were killed, and gives back their names. While the guardian is still at work the two stop the
 *  same processes, which does no harm. */
export async function stopLeftovers(recordFile: string): Promise<string[]> {
  const alive = readRecord(recordFile).filter(isAlive)
  await stopInOrder(alive)
  return alive.map(({ name }) => name)
}

function readRecord(file: string): GuardedRecord[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return [] // none yet, or one cut off by a full disk: then the ports tell
  }
}
