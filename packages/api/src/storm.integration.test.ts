import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { freePort } from '@manyhands/infra/local/processes/free-port'
import { selectRows } from '@manyhands/shared/db/raw'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { afterAll, expect, it, vi } from 'vitest'

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

async function startApi(port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { ...process.env, ...platform.env, PORT: String(port) },
    stdio: 'ignore',
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200),
    {
      timeout: HANGS_MS,
      interval: 50,
    },
  )
  return child
}

// A hang, not a slow machine, ends it: each restart of the process takes seconds on a busy one.
const HANGS_MS = 240_000

it('keeps every acknowledged answer, once, when the process is killed in a storm of them', {
  timeout: HANGS_MS,
}, async () => {
  const project = await platform.make.project()
  await platform.make.tasks(400, { project, redundancy: 3 })
  const port = await freePort()
  let api = await startApi(port)
  const acknowledged = new Map<number, unknown>()
  let kills = 0

  const volunteer = async () => {
    const client = new ApiClient(fetch, {}, `http://127.0.0.1:${port}`)
    const insist = async (send: () => ReturnType<ApiClient['get']>) => {
      for (;;) {
        try {
          return await send()
        } catch {
          // Killed under our hands: the same request again, until it is acknowledged.
          await new Promise((resolve) => setTimeout(resolve, 25))
        }
      }
    }
    await insist(() => client.get('/api/session'))
    for (;;) {
      const task = (await insist(() => client.get(`/api/project/${project.id}/newtask`))).body
      if (task.id === undefined) return
      const run = { project_id: project.id, task_id: task.id, info: { answer: 'owl' } }
      const stored = await insist(() => client.post('/api/taskrun', run))
      expect(stored.status).toBe(200)
      acknowledged.set(stored.body.id, stored.body.task_id)
    }
  }
  const killer = async () => {
    while (acknowledged.size < 1_000) {
      const before = acknowledged.size
      await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before + 150), {
        timeout: HANGS_MS,
        interval: 5,
      })
      const exit = once(api, 'exit')
      api.kill('SIGKILL')
      await exit
      kills++
      api = await startApi(port)
    }
  }
  await Promise.all([killer(), ...Array.from({ length: 24 }, volunteer)])

  expect(kills).toBeGreaterThan(1)
  const runs = await selectRows<{ id: number; task_id: number }>(
    platform.ctx.db.primary,
    sql`select id, task_id from task_runs where project_id = ${project.id}`,
  )
  const stored = new Map(runs.map((run) => [Number(run.id), Number(run.task_id)]))
  for (const [id, taskId] of acknowledged) expect(stored.get(id)).toBe(taskId)
  expect(stored.size).toBe(acknowledged.size)
  expect(stored.size).toBe(1_200)
})

it('ends the requests under way before it stops', async () => {
  const port = await freePort()
  const api = await startApi(port)
  const exit = once(api, 'exit')
  const sending = request({
    port,
    method: 'POST',
    path: '/api/session',
    // The process says when it has the head of the request: from then on it is under way.
    headers: { expect: '100-continue' },
  })
  sending.flushHeaders()
  await once(sending, 'continue')

  api.kill('SIGTERM')
  await vi.waitFor(() => expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow())
  const answered = once(sending, 'response')
  sending.end('{"login":"nobody","password":"nothing"}')

  expect((await answered)[0].statusCode).toBe(401)
  expect(await exit).toEqual([0, null])
})
