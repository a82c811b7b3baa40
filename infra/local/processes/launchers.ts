import type { ProcessId } from './process-tree.ts'
import { isAlive } from './process-tree.ts'

/** The variable in which a launcher names itself and those that launched it: `pid@identity …`. Its
 *  children stop when one of these disappears. */
export const LAUNCHERS = 'MANYHANDS_LAUNCHERS'

export function parseLaunchers(value = ''): ProcessId[] {
  return value
    .split(' ')
    .filter(Boolean)
    .map((word) => {
      const [pid = '', identity = ''] = word.split('@')
      return { pid: Number(pid), identity }
    })
}

/** The variable for a child of this process: it then also ends with this one. */
export function launchersWith(self: ProcessId, inherited = process.env[LAUNCHERS] ?? ''): string {
  return `${self.pid}@${self.identity} ${inherited}`.trim()
}

/** Calls `onGone` once, when one of the launchers was killed: nobody is left to press Ctrl-C then. */
export function watchLaunchers(launchers: readonly ProcessId[], onGone: () => void): void {
  const others = launchers.filter(({ pid }) => pid !== process.pid)
  if (others.length === 0) return
  const timer = setInterval(
    () => {
      if (others.every(isAlive)) return
      clearInterval(timer)
      onGone()
    },
    process.platform === 'linux' ? 300 : 2000,
  ) // elsewhere each look starts a `ps`
  timer.unref()
}
