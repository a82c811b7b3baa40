import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { forgetProcess, guardProcess } from './guard.ts'
import { identifyProcess } from './process-identity.mjs'
import type { GuardedRecord } from './stop-in-order.ts'

/** Who a process runs as; undefined is whoever runs the launcher. */
export interface Account {
  uid: number
  gid: number
}

export interface ProcessSpec {
  name: string
  command: string
  args: readonly string[]
  cwd?: string
  env?: NodeJS.ProcessEnv
  account?: Account | undefined
  /** A file that the outputs are appended to, or `inherit` for the launcher's own terminal. */
  output: string
  /** Another file for standard error alone. */
  errors?: string
  stopSignal?: NodeJS.Signals
  stopOrder: number
  graceMs: number
}

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface GuardedProcess {
  record: GuardedRecord
  /** Settles when it has ended, never rejects. */
  exited: Promise<Exit>
}

/** Starts a process that ends with this one. It gets a process group of its own, so that Ctrl-C in a
 *  terminal reaches the launcher alone, which then stops everything in order. Throws when the program
 *  cannot be run at all. */
export async function spawnGuarded(spec: ProcessSpec): Promise<GuardedProcess> {
  const output = openOutput(spec.output)
  const errors = spec.errors ? openOutput(spec.errors) : output
  try {
    const child = spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env ?? process.env,
      detached: true,
      stdio: [spec.output === 'inherit' ? 'inherit' : 'ignore', output, errors],
      ...spec.account,
    })
    const exited = new Promise<Exit>((resolve) => {
      child.on('exit', (code, signal) => {
        forgetProcess(child.pid ?? 0)
        resolve({ code, signal })
      })
    })
    const record: GuardedRecord = {
      name: spec.name,
      pid: child.pid ?? 0,
      identity: identifyProcess(child.pid ?? 0) ?? '',
      stopSignal: spec.stopSignal ?? 'SIGTERM',
      stopOrder: spec.stopOrder,
      graceMs: spec.graceMs,
    }
    if (child.pid) guardProcess(record) // before anything is awaited: we may be killed at any time
    await once(child, 'spawn')
    return { record, exited }
  } finally {
    for (const opened of new Set([output, errors])) if (opened !== 'inherit') closeSync(opened)
  }
}

function openOutput(output: string): number | 'inherit' {
  return output === 'inherit' ? 'inherit' : openSync(output, 'a', 0o600)
}
