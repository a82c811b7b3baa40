import { findProjectStats } from '@manyhands/shared/stats/repository'
import { projectStats } from '@manyhands/shared/stats/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
const PATH = '/api/projectstats'
let app: ReturnType<typeof createApp>
let clients: Record<'anonymous' | 'stranger' | 'owner' | 'admin', ApiClient>
let ownerId: number

const client = (key?: string) =>
  new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})

beforeAll(async () => {
  app = createApp(platform.ctx)
  const owner = await platform.make.user()
  ownerId = owner.user.id
  clients = {
    anonymous: client(),
    stranger: client((await platform.make.user()).apiKey),
    owner: client(owner.apiKey),
    admin: client((await platform.make.user({ admin: true })).apiKey),
  }
})

const INFO = { hours_stats: [1], dates_stats: [2], users_stats: { n_anon: 3 }, refreshed: 'now' }

async function makeStats(published = true) {
  const project = await platform.make.project({ ownerId, published })
  await platform.make.tasks(3, { project })
  await platform.ctx.db.primary
    .update(projectStats)
    .set({ info: INFO, nCompletedTasks: 1 })
    .where(eq(projectStats.projectId, project.id))
  const row = await findProjectStats(platform.ctx.db.primary, project.id)
  return { project, id: row?.id ?? 0 }
}

describe('the numbers of a project', () => {
  it('are read by their own id and found by that of the project', async () => {
    const { project, id } = await makeStats()
    const { status, body } = await clients.anonymous.get(`${PATH}/${id}`)
    expect(status).toBe(200)
    expect(body).toEqual({
      id,
      project_id: project.id,
      n_tasks: 3,
      n_task_runs: 0,
      n_results: 0,
      n_volunteers: 0,
      n_completed_tasks: 1,
      overall_progress: 33,
      average_time: 0,
      n_blogposts: 0,
      last_activity: '0',
      info: {},
      link: `<link rel='self' title='projectstats' href='http://localhost:3000/api/projectstats/${id}'/>`,
      links: [
        `<link rel='parent' title='project' href='http://localhost:3000/api/project/${project.id}'/>`,
      ],
    })
    expect((await clients.stranger.get(`${PATH}?project_id=${project.id}`)).body).toEqual([body])
  })

  it('come with the three series when they are asked for in full', async () => {
    const { id } = await makeStats()
    const { refreshed, ...series } = INFO
    expect((await clients.anonymous.get(`${PATH}/${id}?full=1`)).body.info).toEqual(series)
    expect((await clients.anonymous.get(`${PATH}?id=${id}&full=1`)).body[0].info).toEqual(series)
  })

  it.each([
    ['anonymous', 401],
    ['stranger', 403],
    ['owner', 200],
    ['admin', 200],
  ] as const)('of a draft are shown to %s: %i', async (who, status) => {
    const { project, id } = await makeStats(false)
    expect((await clients[who].get(`${PATH}/${id}`)).status).toBe(status)
    const { body } = await clients[who].get(`${PATH}?project_id=${project.id}`)
    expect(body).toHaveLength(status === 200 ? 1 : 0)
  })

  it.each([
    ['anonymous', 401, 'Unauthorized'],
    ['owner', 403, 'Forbidden'],
    ['admin', 403, 'Forbidden'],
  ] as const)('are written by nobody, not by %s', async (who, status, exception_cls) => {
    const { id } = await makeStats()
    const refusal = { status, body: { exception_cls, target: 'projectstats' } }
    expect(await clients[who].post(PATH, { n_tasks: 5 })).toMatchObject(refusal)
    expect(await clients[who].put(`${PATH}/${id}`, { n_tasks: 5 })).toMatchObject(refusal)
    expect(await clients[who].delete(`${PATH}/${id}`)).toMatchObject(refusal)
    expect((await clients[who].delete(`${PATH}/1000000`)).status).toBe(404)
    expect((await clients[who].post(PATH, { wrong: 5 })).body.exception_cls).toBe('TypeError')
    expect((await clients[who].delete(`${PATH}/${id}?wrong=5`)).status).toBe(415)
  })
})
