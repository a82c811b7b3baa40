// The launcher's end of the pipe to its guardian. One per process, started with the first thing that
// needs guarding, so that a test file which starts a server is guarded like `npm start` is.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { GuardianMessage } from './guardian.ts'
import type { GuardedRecord } from './stop-in-order.ts'

const processes = new Map<number, GuardedRecord>()
const paths = new Set<string>()
let guardian: ChildProcess | undefined
let recordFile: string | undefined

/** From now on this process ends with the launcher, however the launcher ends. */
export function guardProcess(record: GuardedRecord): void {
  processes.set(record.pid, record)
  tell({ watch: record })
}

/** The process has ended; its pid may soon be another's. */
export function forgetProcess(pid: number): void {
  if (processes.delete(pid)) tell({ forget: pid })
}

/** A file or directory that must not outlive the launcher: throw-away data, the description of a stack. */
export function guardPath(path: string): void {
  paths.add(path)
  tell({ remove: path })
}

/** Removes a guarded path now. */
export function removeGuardedPath(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  if (paths.delete(path)) tell({ keep: path })
}

/** All that is running, in no particular order. */
export function guardedProcesses(): GuardedRecord[] {
  return [...processes.values()]
}

/** Also keeps the list in a file, for the next start: a guardian can be killed as well. */
export function recordProcessesIn(file: string): void {
  recordFile = file
  writeRecord()
}

function tell(message: GuardianMessage): void {
  if ('watch' in message || 'forget' in message) writeRecord()
  if (guardian) guardian.stdin?.write(`${JSON.stringify(message)}\n`)
  else startGuardian()
}

function startGuardian(): void {
  const program = fileURLToPath(new URL('./guardian.ts', import.meta.url))
  const child = spawn(process.execPath, [program], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: process.env.PATH },
  })
  guardian = child
  child.stdin.on('error', () => {}) // it was killed; 'exit' below starts another
  child.on('exit', () => {
    guardian = undefined
    if (processes.size + paths.size > 0) startGuardian()
  })
  // Neither the child nor the pipe may keep a process running that has nothing else to do.
  child.unref()
  ;(child.stdin as Socket).unref()
  for (const watch of processes.values()) child.stdin.write(`${JSON.stringify({ watch })}\n`)
  for (const remove of paths) child.stdin.write(`${JSON.stringify({ remove })}\n`)
}

function writeRecord(): void {
  if (!recordFile) return
  writeFileSync(`${recordFile}.new`, JSON.stringify(guardedProcesses()), { mode: 0o600 })
  renameSync(`${recordFile}.new`, recordFile)
}
