import type { Exit, GuardedProcess } from './guarded-process.ts'
import { logTail, sizeOf } from './log-tail.ts'
import { processTree, signalProcess } from './process-tree.ts'
import { killTree, stopInOrder } from './stop-in-order.ts'

/** A server on this machine that can be stopped, broken and started again on the same port and data. */
export interface LocalServer {
  readonly name: string
  readonly logFile: string
  /** Of the main process. Throws while it is not running. */
  readonly pid: number
  /** Returns when it serves. Throws ServerFailedError when it ends instead, or is not ready in time. */
  start(): Promise<void>
  /** Politely, then by force. Does nothing when it is not running. */
  stop(): Promise<void>
  /** As a crash: SIGKILL to all of its processes. */
  kill(): Promise<void>
  /** Freezes all of its processes: connections stay open and hang, as with a lost network. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Settles when the process that runs now has ended, wanted or not. */
  ended(): Promise<ServerFailedError>
}

/** It ended, or never became ready. `output` is what it wrote since it was started. */
export class ServerFailedError extends Error {
  readonly exit: Exit
  readonly output: string[]

  constructor(message: string, exit: Exit, output: string[]) {
    super(message)
    this.name = 'ServerFailedError'
    this.exit = exit
    this.output = output
  }
}

export interface ServerDefinition {
  name: string
  logFile: string
  spawn: () => Promise<GuardedProcess>
  /** Answers true once it serves; throws when it never will. */
  untilReady: (running: GuardedProcess) => Promise<unknown>
}

export function defineServer({ name, logFile, spawn, untilReady }: ServerDefinition): LocalServer {
  let current: GuardedProcess | undefined
  let latest: GuardedProcess | undefined
  let logStart = 0

  const running = () => {
    if (!current) throw new Error(`${name} is not running`)
    return current
  }
  const failure = (exit: Exit, what = `ended with ${exit.signal ?? `code ${exit.code}`}`) =>
    new ServerFailedError(`${name} ${what}`, exit, logTail(logFile, 200, logStart))

  async function start() {
    if (current) return
    logStart = sizeOf(logFile)
    const started = await spawn()
    current = latest = started
    const died = started.exited.then((exit) => {
      if (current === started) current = undefined
      throw failure(exit)
    })
    died.catch(() => {}) // a later end is the business of `ended()`
    const ready = await Promise.race([untilReady(started), died])
    if (ready) return
    await kill()
    throw failure(await started.exited, 'was not ready in time')
  }
  async function kill() {
    const stopping = current
    if (stopping) await killTree(stopping.record)
    await stopping?.exited
  }

  return {
    name,
    logFile,
    get pid() {
      return running().record.pid
    },
    start,
    kill,
    async stop() {
      const stopping = current
      if (stopping) await stopInOrder([stopping.record])
      await stopping?.exited
    },
    async pause() {
      for (const member of processTree(running().record)) signalProcess(member, 'SIGSTOP')
    },
    async resume() {
      for (const member of processTree(running().record)) signalProcess(member, 'SIGCONT')
    },
    async ended() {
      if (!latest) throw new Error(`${name} was never started`)
      return failure(await latest.exited)
    },
  }
}
