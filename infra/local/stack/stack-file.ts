import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Environment as Variables } from '@manyhands/shared/config/config'
import { guardPath, removeGuardedPath } from '../processes/guard.ts'
import { identifyProcess } from '../processes/process-identity.mjs'
import { isAlive, type ProcessId } from '../processes/process-tree.ts'
import type { DataDirectory } from './data-directory.ts'
import type { Environment } from './environment.ts'

/** A running stack as others on this machine find it: `npm run cli`, benchmarks, drills. */
export interface StackDescription {
  launcher: ProcessId
  urls: { app: string; database: string; replicas: string[]; redis: string; workerHealth: string }
  /** What its processes were configured with; nothing else of the person's environment. */
  environment: Environment
}

const fileOf = ({ run }: DataDirectory) => join(run, 'stack.json')

/** It holds passwords, so only its user may read it; it goes when the launcher goes. */
export function describeStack(data: DataDirectory, environment: Environment): void {
  const launcher = { pid: process.pid, identity: identifyProcess(process.pid) ?? '' }
  const urls = {
    app: environment.PUBLIC_URL ?? '',
    database: environment.DATABASE_URL ?? '',
    replicas: environment.DATABASE_REPLICA_URLS?.split(',') ?? [],
    redis: environment.REDIS_URL ?? '',
    workerHealth: `http://127.0.0.1:${environment.WORKER_HEALTH_PORT}`,
  }
  guardPath(fileOf(data))
  const known = new Set([...Object.keys(Variables.shape), 'SMTP_URL', 'NODE_ENV'])
  const ours = Object.entries(environment).filter(([name]) => known.has(name))
  const description: StackDescription = { launcher, urls, environment: Object.fromEntries(ours) }
  writeFileSync(fileOf(data), `${JSON.stringify(description, null, 2)}\n`, { mode: 0o600 })
}

export function forgetStack(data: DataDirectory): void {
  removeGuardedPath(fileOf(data))
}

/** The stack that runs on this data now, or undefined. */
export function runningStack(data: DataDirectory): StackDescription | undefined {
  try {
    const stack: StackDescription = JSON.parse(readFileSync(fileOf(data), 'utf8'))
    return isAlive(stack.launcher) ? stack : undefined
  } catch {
    return undefined
  }
}
