import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { commandOf } from './process-identity.mjs'
import { isAlive, processTree } from './process-tree.ts'
import type { GuardedRecord } from './stop-in-order.ts'
import { waitUntil } from './wait-until.ts'

const LAUNCHER = fileURLToPath(new URL('./guard.fixture.ts', import.meta.url))

/** A launcher with servers that run, and everything that must be gone when it is. */
async function launch(...args: string[]) {
  const launcher = spawn(process.execPath, [LAUNCHER, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: launcher.stdout }), 'line')
  const servers: GuardedRecord[] = JSON.parse(line)
  const directory = / -D (\S+)/.exec(servers.map(({ pid }) => commandOf(pid)).join('\n'))?.[1] ?? ''
  return { launcher, directory, processes: servers.flatMap((server) => processTree(server)) }
}

it.each([[[]], [['frozen']]])('leaves nothing after a killed launcher %j', async (args) => {
  const { launcher, directory, processes } = await launch(...args)
  expect(processes.length).toBeGreaterThan(5)
  expect(existsSync(directory)).toBe(true)

  launcher.kill('SIGKILL')

  const gone = () => !processes.some(isAlive) && !existsSync(directory)
  expect(await waitUntil(gone, { timeoutMs: 15_000 })).toBe(true)
})
