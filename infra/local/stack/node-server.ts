import { spawnGuarded } from '../processes/guarded-process.ts'
import { defineServer, type LocalServer } from '../processes/server.ts'
import { STOP_ORDER } from '../processes/stop-in-order.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { ROOT } from './checkout.ts'
import type { Environment } from './environment.ts'

export interface NodeServerOptions {
  name: string
  /** From the root of the checkout, such as `packages/api/src/main.ts`. */
  program: string
  /** Answers 200 once it serves. */
  readyUrl: string
  env: Environment
  logFile: string
  /** Start it again when its sources change. */
  watch?: boolean
}

/** One of our own processes, not started yet. */
export function nodeServer(options: NodeServerOptions): LocalServer {
  const { name, program, readyUrl, env, logFile, watch = false } = options
  return defineServer({
    name,
    logFile,
    spawn: () =>
      spawnGuarded({
        name,
        command: process.execPath,
        args: [...(watch ? ['--watch', '--watch-preserve-output'] : []), `${ROOT}/${program}`],
        cwd: ROOT,
        env,
        output: logFile,
        stopOrder: STOP_ORDER.app,
        graceMs: 5000, // what both promise to need at most
      }),
    untilReady: () => waitUntil(() => isReady(readyUrl), { timeoutMs: 60_000, everyMs: 50 }),
  })
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
