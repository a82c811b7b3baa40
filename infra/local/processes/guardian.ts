// A small detached process that outlives a killed launcher. It reads what the launcher has started from
// a pipe; when the pipe ends, for whatever reason, it stops what is still there and goes.
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { GuardedRecord } from './stop-in-order.ts'
import { stopInOrder } from './stop-in-order.ts'

/** What the launcher tells; one JSON object a line. */
export type GuardianMessage =
  | { watch: GuardedRecord }
  | { forget: number }
  | { remove: string }
  | { keep: string }

const processes = new Map<number, GuardedRecord>()
const paths = new Set<string>()

function note(message: GuardianMessage): void {
  if ('watch' in message) processes.set(message.watch.pid, message.watch)
  else if ('forget' in message) processes.delete(message.forget)
  else if ('remove' in message) paths.add(message.remove)
  else paths.delete(message.keep)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

createInterface({ input: process.stdin })
  .on('line', (line) => note(JSON.parse(line)))
  .on('close', async () => {
    await stopInOrder([...processes.values()])
    for (const path of paths) rmSync(path, { recursive: true, force: true, maxRetries: 3 })
    process.exit(0)
  })
