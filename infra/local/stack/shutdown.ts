import { constants } from 'node:os'
import { guardedProcesses } from '../processes/guard.ts'
import { LAUNCHERS, parseLaunchers, watchLaunchers } from '../processes/launchers.ts'
import { isAlive } from '../processes/process-tree.ts'
import { killTree, stopInOrder } from '../processes/stop-in-order.ts'
import { waitUntil } from '../processes/wait-until.ts'

/** A second Ctrl-C counts from here on; before, it is the same one, sent by the terminal and by npm. */
const IMPATIENT_AFTER_MS = 1500

export interface Shutdown {
  readonly isStopping: boolean
  /** Stops everything that was started, runs `cleanUp` and ends this process. The first call decides. */
  stop(exitCode: number): Promise<never>
}

/** Ends everything in order on a signal, on an error nobody caught, and when one of those that launched us
 *  is gone. `onRequest` hears why. `signalExitCode` is what a wanted stop ends with. */
export function createShutdown(options: {
  onRequest: (why: string) => void
  cleanUp: () => void
  exitCodeOf: (signal: NodeJS.Signals) => number
}): Shutdown {
  let stopping: Promise<never> | undefined
  let began = 0

  const stop = (exitCode: number): Promise<never> => {
    began ||= Date.now()
    stopping ??= stopEverything().then(() => {
      options.cleanUp()
      process.exit(exitCode)
    })
    return stopping
  }
  const request = (why: string, exitCode: number) => {
    if (!stopping) options.onRequest(why)
    else if (Date.now() - began > IMPATIENT_AFTER_MS) void killEverything()
    void stop(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => request(signal, options.exitCodeOf(signal)))
  }
  watchLaunchers(parseLaunchers(process.env[LAUNCHERS]), () =>
    request('its launcher is gone', options.exitCodeOf('SIGTERM')),
  )
  process.on('uncaughtException', (error) => {
    if (!stopping) process.stderr.write(`${error.stack ?? error}\n`)
    void stop(1)
  })

  return {
    get isStopping() {
      return stopping !== undefined
    },
    stop,
  }
}

/** What a shell says of a program that a signal ended. */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal]
}

/** What was just being started joins the list while the rest is stopped, so it is looked at again. */
async function stopEverything(): Promise<void> {
  for (let left = guardedProcesses(); left.length > 0; left = guardedProcesses().filter(isAlive)) {
    await stopInOrder(left)
  }
  // Their ends become known a moment after they are gone; then the record of them is empty, too.
  await waitUntil(() => guardedProcesses().length === 0, { timeoutMs: 1000 })
}

async function killEverything(): Promise<void> {
  await Promise.all(guardedProcesses().map((record) => killTree(record)))
}
