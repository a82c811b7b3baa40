import { type Exit, type ProcessSpec, spawnGuarded } from './guarded-process.ts'
import { logTail, sizeOf } from './log-tail.ts'
import { STOP_ORDER } from './stop-in-order.ts'

export type CommandSpec = Omit<ProcessSpec, 'stopOrder' | 'graceMs'> & { graceMs?: number }

/** A command that ended badly; `output` is the end of what it wrote. */
export class CommandFailedError extends Error {
  readonly exit: Exit
  readonly output: string[]

  constructor(name: string, exit: Exit, output: string[]) {
    super(`${name} ended with ${exit.signal ?? `code ${exit.code}`}`)
    this.name = 'CommandFailedError'
    this.exit = exit
    this.output = output
  }
}

/** Runs a command to its end; it ends with this process. */
export async function runGuarded(spec: CommandSpec): Promise<Exit> {
  const running = await spawnGuarded({ graceMs: 3000, ...spec, stopOrder: STOP_ORDER.command })
  return running.exited
}

/** The same where a bad end is an error. Throws CommandFailedError. */
export async function mustRun(spec: CommandSpec): Promise<void> {
  const log = spec.errors ?? spec.output
  const logStart = log === 'inherit' ? 0 : sizeOf(log)
  const exit = await runGuarded(spec)
  if (exit.code === 0) return
  throw new CommandFailedError(spec.name, exit, log === 'inherit' ? [] : logTail(log, 40, logStart))
}
