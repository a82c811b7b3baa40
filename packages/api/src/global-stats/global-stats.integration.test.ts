import { measureGlobalStats, saveGlobalStats } from '@manyhands/shared/global-stats/repository'
import { updateProject } from '@manyhands/shared/projects/repository'
import { projectStats, projectVolunteers } from '@manyhands/shared/stats/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let client: ApiClient
beforeAll(() => {
  const app = createApp(platform.ctx)
  client = new ApiClient((request) => app.fetch(request))
})

it('counts projects, people, wanted answers, answers and results', async () => {
  const { ctx, make } = platform
  const { primary } = ctx.db
  const owner = (await make.user()).user.id
  const open = await make.project({ ownerId: owner, featured: true })
  const closed = await make.project({ ownerId: owner, passwordHash: 'a hash' })
  const draft = await make.project({ ownerId: owner, published: false })
  const trashed = await make.project({ ownerId: owner })
  await make.tasks(3, { project: open, redundancy: 5 })
  await make.tasks(2, { project: draft, redundancy: 4 })
  await make.tasks(2, { project: trashed, redundancy: 9 })
  await updateProject(primary, trashed.id, { trashed: '2026-01-01T00:00:00' })
  for (const { id } of [open, closed, trashed]) {
    await primary
      .update(projectStats)
      .set({ nTaskRuns: 4, nResults: 2 })
      .where(eq(projectStats.projectId, id))
  }
  const volunteers = ['browser:a', 'browser:a', 'address:b', 'external:c', `account:${owner}`]
  for (const [at, volunteerKey] of volunteers.entries()) {
    const projectId = at === 1 ? closed.id : open.id
    const lastActivity = '2026-01-01T00:00:00'
    await primary.insert(projectVolunteers).values({ projectId, volunteerKey, lastActivity })
  }

  expect(await measureGlobalStats(primary)).toEqual({
    n_projects: 3,
    n_users: 1 + 2,
    n_tasks: 3 * 5 + 2 * 4,
    n_task_runs: 8,
    n_pending_tasks: 23 - 8,
    n_results: 4,
    categories: [{ thinking: 1 }, { featured: 1 }, { draft: 1 }],
  })
})

it('shows what was counted last, whatever the id, and takes no writes', async () => {
  const { primary } = platform.ctx.db
  const counted = { ...(await measureGlobalStats(primary)), n_projects: 41 }
  await saveGlobalStats(primary, counted)
  await saveGlobalStats(primary, { ...counted, n_projects: 42 })

  const { status, body } = await client.get('/api/globalstats')
  expect([status, body]).toEqual([200, { ...counted, n_projects: 42 }])
  expect((await client.get('/api/globalstats/7')).body).toEqual(body)
  expect((await client.post('/api/globalstats', {})).status).toBe(405)
  expect((await client.put('/api/globalstats/7', {})).status).toBe(405)
  expect((await client.delete('/api/globalstats/7')).status).toBe(405)
})
