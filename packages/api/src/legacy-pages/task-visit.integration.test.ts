import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

let root: string
const platform = useTestPlatform({
  env: async () => {
    root = await mkdtemp(join(tmpdir(), 'manyhands-web-'))
    await writeFile(join(root, 'index.html'), '<!doctype html><title>the app</title>')
    return { WEB_ROOT: root, METRICS_PUBLIC: 'true' }
  },
})
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
afterAll(() => rm(root, { recursive: true, force: true }))

const client = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), headers)
const requests = async () =>
  (await platform.ctx.redis.keys(`${platform.config.REDIS_PREFIX}:request:*`)).length

async function openTask(fields: Record<string, unknown> = {}, redundancy = 1) {
  const project = await platform.make.project(fields)
  const [task] = await platform.make.tasks(2, { project, redundancy })
  const page = `/project/${project.shortName}/task/${task?.id}`
  return { project, page, run: { project_id: project.id, task_id: task?.id, info: 'owl' } }
}

describe('opening the page of a task', () => {
  it('shows the app, and lets the visitor answer that task', async () => {
    const { page, run } = await openTask()
    for (const visitor of [
      client(),
      client({ authorization: (await platform.make.user()).apiKey }),
    ]) {
      expect((await visitor.post('/api/taskrun', run)).status).toBe(403)
      const opened = await visitor.get(page)
      expect([opened.status, opened.body]).toEqual([200, expect.stringContaining('the app')])
      expect(opened.headers.get('cache-control')).toBe('private, no-store')
      expect((await visitor.post('/api/taskrun', run)).status).toBe(200)
    }
  })

  it('keeps a slot for the visitor, who is the same one when the next task is asked for', async () => {
    const { project, page } = await openTask()
    const visitor = client()
    await visitor.get(page)
    const other = (await client().get(`/api/project/${project.id}/newtask`)).body
    const own = (await visitor.get(`/api/project/${project.id}/newtask`)).body
    expect([own.info, other.info]).toEqual([{ n: 0 }, { n: 1 }])
  })

  it.each([
    ['HEAD', {}],
    ['GET', { 'sec-purpose': 'prefetch' }],
  ])('with %s %j asks for nothing', async (method, headers) => {
    const { page } = await openTask()
    const before = await requests()
    expect((await client().send(method, page, undefined, headers)).status).toBe(200)
    expect(await requests()).toBe(before)
  })

  it.each([
    ['a draft', { published: false }],
    ['a project with a password', { passwordHash: 'x' }],
    ['a project that wants accounts', { allowAnonymousContributors: false }],
  ])('of %s shows a stranger the app and nothing else', async (_what, fields) => {
    const { page, run } = await openTask(fields)
    const before = await requests()
    const stranger = client()
    const opened = await stranger.get(page)
    expect([opened.status, opened.body]).toEqual([200, '<!doctype html><title>the app</title>'])
    expect(await requests()).toBe(before)
    expect([401, 403]).toContain((await stranger.post('/api/taskrun', run)).status)
  })

  it('that there is not shows the app all the same', async () => {
    const { page } = await openTask()
    for (const path of ['/project/nothing/task/1', `${page}999`, '/project/x/task/9'.repeat(3)]) {
      expect([path, (await client().get(path)).status]).toEqual([path, 200])
    }
  })
})

describe('a page', () => {
  it('is the app for people, at the addresses that scripts read too', async () => {
    for (const path of [
      '/',
      '/project/x/',
      '/leaderboard/',
      '/account/profile',
      '/project/x/blog',
    ]) {
      const { status, body } = await client().get(path)
      expect([path, status, body]).toEqual([path, 200, expect.stringContaining('the app')])
    }
    const { project } = await openTask()
    const { body } = await client().get(`/project/${project.shortName}/tasks/export`)
    expect(body).toContain('the app')
  })
})

it('counts the time of an endpoint as that endpoint, with the app behind it', async () => {
  await client().get('/api/category')
  const { body } = await client().get('/metrics')
  expect(body).toContain('_count{method="GET",route="/api/category",status="200"}')
})
