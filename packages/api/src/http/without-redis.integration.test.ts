import { type RedisServer, startRedis } from '@manyhands/infra/local/redis/start-redis'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createApp } from '../app.ts'

let redis: RedisServer
const platform = useTestPlatform({
  env: async () => {
    redis = await startRedis()
    return { REDIS_URL: redis.url }
  },
})
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
afterAll(() => redis.dispose())

it('serves and stores without Redis, and goes on as before when it is back', async () => {
  const { user, apiKey } = await platform.make.user()
  const project = await platform.make.project({ ownerId: user.id })
  await platform.make.tasks(3, { project, redundancy: 1 })
  const volunteer = new ApiClient((request) => app.fetch(request))
  const owner = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  await volunteer.get('/api/session')
  const answerNext = async () => {
    const task = (await volunteer.get(`/api/project/${project.id}/newtask`)).body
    const run = { project_id: project.id, task_id: task.id, info: { answer: 'owl' } }
    return { task, stored: await volunteer.post('/api/taskrun', run) }
  }
  const before = await answerNext()
  expect(before.stored.status).toBe(200)

  await redis.kill()
  await vi.waitFor(() => expect(platform.ctx.redis.status).not.toBe('ready'))
  const during = await answerNext()
  expect(during.stored.status).toBe(200)
  expect(during.task.id).not.toBe(before.task.id)
  // Handed out while Redis is away, answered when it is back.
  const late = (await volunteer.get(`/api/project/${project.id}/newtask`)).body
  const statuses = await Promise.all([
    owner.get('/api/project'),
    owner.get(`/api/task?project_id=${project.id}`),
    owner.get(`/api/project/${project.id}/userprogress`),
    volunteer.get('/api/projects'),
    volunteer.get('/readyz'),
    owner.post(`/api/projects/${project.shortName}/exports`, { type: 'task', format: 'csv' }),
    volunteer.post('/api/taskrun', 'nonsense'),
  ])
  expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 415])

  await redis.start()
  await vi.waitFor(() => expect(platform.ctx.redis.status).toBe('ready'), { timeout: 10_000 })
  const run = { project_id: project.id, task_id: late.id, info: { answer: 'owl' } }
  expect((await volunteer.post('/api/taskrun', run)).status).toBe(200)
  expect((await volunteer.get(`/api/project/${project.id}/newtask`)).body).toEqual({})
})

it('forgets what was dropped from the cache while Redis was away', async () => {
  const { user, apiKey } = await platform.make.user()
  const project = await platform.make.project({ ownerId: user.id })
  const owner = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  await owner.get(`/api/projects/${project.shortName}/exports`)
  await redis.kill()
  await vi.waitFor(() => expect(platform.ctx.redis.status).not.toBe('ready'))
  await owner.put(`/api/project/${project.id}`, { allow_anonymous_contributors: false })
  await redis.start()
  await vi.waitFor(() => expect(platform.ctx.redis.status).toBe('ready'), { timeout: 10_000 })

  const stranger = new ApiClient((request) => app.fetch(request))
  await vi.waitFor(async () => {
    const { body } = await stranger.get(`/api/project/${project.id}/newtask`)
    expect(body.info.error).toBe('This project does not allow anonymous contributors')
  })
})

it('goes on counting requests, in this process alone, while Redis is away', async () => {
  const { apiKey } = await platform.make.user()
  const caller = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  await redis.kill()
  await vi.waitFor(() => expect(platform.ctx.redis.status).not.toBe('ready'))
  const left = async () =>
    Number((await caller.get('/api/category')).headers.get('x-ratelimit-remaining'))
  const first = await left()
  expect(await left()).toBe(first - 1)
  await redis.start()
  await vi.waitFor(() => expect(platform.ctx.redis.status).toBe('ready'), { timeout: 10_000 })
})
