import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The program of a worker whose exports never reach the end of their file. */
export const STUCK_WORKER = fileURLToPath(new URL('./stuck-worker.ts', import.meta.url))
/** The platform's own. */
export const WORKER = fileURLToPath(new URL('../src/main.ts', import.meta.url))

export interface WorkerProcess {
  /** All that it has written. */
  output: () => string
  kill: (signal: NodeJS.Signals) => void
  /** Its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>
}

/** Starts a worker as a process of its own. */
export function startWorkerProcess(program: string, env: Record<string, string>): WorkerProcess {
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  return {
    output: () => output,
    kill: (signal) => void child.kill(signal),
    ended: once(child, 'exit').then(([code, signal]) => code ?? signal),
  }
}
