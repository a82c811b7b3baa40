import { selectRows } from '@manyhands/shared/db/raw'
import { createResult } from '@manyhands/shared/results/repository'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ replica: true, env: { RATE_LIMIT: '1000000' } })

it('gives 500 racing clients exactly as many answers as 1,000 tasks want', {
  timeout: 240_000,
}, async () => {
  const app = createApp(platform.ctx)
  const project = await platform.make.project()
  await platform.make.tasks(1_000, { project, redundancy: 3 })
  const clients = Array.from({ length: 500 }, () => new ApiClient((request) => app.fetch(request)))
  await Promise.all(clients.map((client) => client.get('/api/session')))

  const refusals: unknown[] = []
  const work = async (client: ApiClient) => {
    for (;;) {
      const { status, body: task } = await client.get(`/api/project/${project.id}/newtask`)
      if (status !== 200) refusals.push(task)
      if (task.id === undefined) return
      const run = { project_id: project.id, task_id: task.id, info: { answer: 'owl' } }
      const stored = await client.post('/api/taskrun', run)
      if (stored.status !== 200) refusals.push(stored.body)
    }
  }
  await Promise.all(clients.map(work))

  expect(refusals).toEqual([])
  const [counts] = await selectRows<Record<string, number>>(
    platform.ctx.db.primary,
    sql`select (select count(*)::int from task_runs where project_id = ${project.id}) as runs,
      (select count(*)::int from task_runs where project_id = ${project.id} and surplus) as surplus,
      (select count(*)::int from tasks where project_id = ${project.id} and state = 'completed') as completed,
      (select max(n_task_runs) from tasks where project_id = ${project.id}) as most,
      (select count(*)::int from outbox where (payload ->> 'completes')::boolean) as completions`,
  )
  expect(counts).toEqual({ runs: 3_000, surplus: 0, completed: 1_000, most: 3, completions: 1_000 })

  const ids = await selectRows<{ id: number }>(
    platform.ctx.db.primary,
    sql`select id from tasks where project_id = ${project.id}`,
  )
  const results = await Promise.all(
    [...ids, ...ids].map(({ id }) => createResult(platform.ctx.db.primary, Number(id))),
  )
  expect(results.filter((id) => id !== undefined)).toHaveLength(1_000)
})
