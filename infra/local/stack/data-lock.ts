import { join } from 'node:path'
import { type ExclusiveLock, lockNote, takeLock } from '../processes/exclusive-lock.ts'
import { recordProcessesIn } from '../processes/guard.ts'
import { stopLeftovers } from '../processes/leftovers.ts'
import type { DataDirectory } from './data-directory.ts'
import { UsageError } from './usage-error.ts'

export type Held = { lock: ExclusiveLock } | { lock: undefined; holder: string; problem: string }

/** Makes this process the only one that starts servers on the data, and stops what an earlier one that
 *  was killed has left. `what` is how others will name this process. */
export async function tryHoldData(data: DataDirectory, what: string): Promise<Held> {
  const file = join(data.run, 'lock')
  const lock = await takeLock(file, `${what}, process ${process.pid}`)
  if (!lock) {
    const holder = `the data in ${data.root} are in use by ${lockNote(file)}`
    const problem = `Manyhands already runs: ${holder}.\nStop it there, or choose another directory with --data.`
    return { lock: undefined, holder, problem }
  }
  const record = join(data.run, 'processes.json')
  await stopLeftovers(record)
  recordProcessesIn(record)
  return { lock }
}

/** The same for a launcher that does not wait. Throws UsageError naming the other one. */
export async function holdData(data: DataDirectory, what: string): Promise<ExclusiveLock> {
  const held = await tryHoldData(data, what)
  if (!held.lock) throw new UsageError(held.problem)
  return held.lock
}
