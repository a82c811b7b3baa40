import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { spawnGuarded } from './guarded-process.ts'
import { signalProcess } from './process-tree.ts'
import { defineServer, ServerFailedError } from './server.ts'
import { STOP_ORDER } from './stop-in-order.ts'
import { supervise } from './supervise.ts'
import { waitUntil } from './wait-until.ts'

const folder = mkdtempSync(join(tmpdir(), 'manyhands-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A server that is ready at once and runs this shell script. */
function shellServer(script: string) {
  const logFile = join(folder, 'server.log')
  return defineServer({
    name: 'Example',
    logFile,
    spawn: () =>
      spawnGuarded({
        name: 'Example',
        command: '/bin/sh',
        args: ['-c', script],
        output: logFile,
        stopOrder: STOP_ORDER.app,
        graceMs: 1000,
      }),
    untilReady: async () => true,
  })
}

it('starts a server again that was killed, until everything stops', async () => {
  const server = shellServer('exec sleep 60')
  await server.start()
  const lines: string[] = []
  let stopping = false
  const done = supervise(server, {
    isStopping: () => stopping,
    onLine: (line) => lines.push(line),
  })
  const first = server.pid
  signalProcess({ pid: first, identity: '' }, 'SIGKILL') // not it: the identity is another's
  process.kill(first, 'SIGKILL')
  await waitUntil(() => lines.length === 2, { timeoutMs: 5000 })
  expect(lines).toEqual([
    'Example ended with SIGKILL; starting it again (1 of 5)',
    'Example serves again',
  ])
  expect(server.pid).not.toBe(first)
  stopping = true
  await server.stop()
  await done
})

it('gives up at once when the configuration is bad, with what was said about it', async () => {
  const server = shellServer('echo "PORT: must be a number" >&2; exit 78')
  await server.start().catch(() => {})
  const failure = await supervise(server, { isStopping: () => false, onLine: () => {} }).catch(
    (error) => error,
  )
  expect(failure).toBeInstanceOf(ServerFailedError)
  expect(failure.output).toEqual(['PORT: must be a number'])
})
