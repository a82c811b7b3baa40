import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { identifyProcess, parentOf } from './process-identity.mjs'

/** One process, told apart from a later one with the same pid. */
export interface ProcessId {
  pid: number
  identity: string
}

export function isAlive({ pid, identity }: ProcessId): boolean {
  return identity !== '' && identifyProcess(pid) === identity
}

/** The process and everything below it. PostgreSQL gives each of its children a process group of its
 *  own, so a signal to the group of the server would not reach them. */
export function processTree(root: ProcessId): ProcessId[] {
  if (!isAlive(root)) return []
  const parents = parentsByPid()
  const found = [root.pid]
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid) found.push(child)
  }
  return found
    .map((pid) => ({ pid, identity: identifyProcess(pid) ?? '' }))
    .filter(({ identity }) => identity !== '')
}

/** Signals a process if it still is the same one; one that has gone meanwhile is no error. */
export function signalProcess(target: ProcessId, signal: NodeJS.Signals): void {
  if (isAlive(target)) signalQuietly(target.pid, signal)
}

/** Signals whatever is left of the process group that `leader` was started in. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  signalQuietly(-leader, signal)
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function parentsByPid(): Map<number, number> {
  if (process.platform !== 'linux') return parentsByPs()
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0)
  return new Map(pids.map((pid) => [pid, parentOf(pid)?.pid ?? 0]))
}

function parentsByPs(): Map<number, number> {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
  return new Map(
    lines.map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number)
      return [pid ?? 0, parent ?? 0]
    }),
  )
}
