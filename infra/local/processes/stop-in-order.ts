import type { ProcessId } from './process-tree.ts'
import { isAlive, processTree, signalGroup, signalProcess } from './process-tree.ts'
import { waitUntil } from './wait-until.ts'

/** A process that must not outlive the launcher, and how to end it. */
export interface GuardedRecord extends ProcessId {
  name: string
  /** PostgreSQL wants SIGINT ("fast": ends sessions, writes a checkpoint), all others SIGTERM. */
  stopSignal: NodeJS.Signals
  /** Lower ones stop first; equal ones together. */
  stopOrder: number
  /** How long it may take before SIGKILL. */
  graceMs: number
}

/** What depends on others stops before them, so that nothing logs the loss of what it needs. */
export const STOP_ORDER = { command: 0, app: 1, redis: 2, replica: 3, primary: 4 } as const

/** Stops all of them, also frozen ones, and returns once none is left. */
export async function stopInOrder(records: readonly GuardedRecord[]): Promise<void> {
  const orders = [...new Set(records.map(({ stopOrder }) => stopOrder))].sort((a, b) => a - b)
  for (const order of orders) {
    await Promise.all(records.filter(({ stopOrder }) => stopOrder === order).map(stopOne))
  }
}

async function stopOne(record: GuardedRecord): Promise<void> {
  if (!isAlive(record)) return // its number may already name another's process group
  const tree = processTree(record)
  signalProcess(record, record.stopSignal)
  for (const member of tree) signalProcess(member, 'SIGCONT') // a frozen process acts on no signal
  const gone = () => !isAlive(record) && !tree.some(isAlive)
  if (!(await waitUntil(gone, { timeoutMs: record.graceMs }))) {
    await killTree(record, tree)
  }
  signalGroup(record.pid, 'SIGKILL') // children that outlived their leader
}

/** Ends the process and all below it at once, as a crash would. */
export async function killTree(root: ProcessId, tree = processTree(root)): Promise<void> {
  if (tree.length === 0) return
  for (const member of [root, ...tree]) signalProcess(member, 'SIGKILL')
  signalGroup(root.pid, 'SIGKILL')
  await waitUntil(() => !isAlive(root) && !tree.some(isAlive), { timeoutMs: 5000 })
}
