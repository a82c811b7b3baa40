import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})

const as = (apiKey: string) =>
  new ApiClient((request) => app.fetch(request), { authorization: apiKey })
const somebody = async () => as((await platform.make.user()).apiKey)
const newtask = async (client: ApiClient, project: ProjectRow, query = '') =>
  (await client.get(`/api/project/${project.id}/newtask?${query}`)).body
const answer = (client: ApiClient, task: { id: number; project_id: number }, info: unknown) =>
  client.post('/api/taskrun', { project_id: task.project_id, task_id: task.id, info })
const numbers = (tasks: Array<{ info: { n: number } }>) => tasks.map((task) => task.info.n)

describe('newtask', () => {
  it('gives the ten columns of a task, without links', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(1, { project })
    expect(Object.keys(await newtask(await somebody(), project)).sort()).toEqual(
      [
        'calibration',
        'created',
        'fav_user_ids',
        'id',
        'info',
        'n_answers',
        'priority_0',
        'project_id',
        'quorum',
        'state',
      ].sort(),
    )
  })

  it('gives nothing, one, or more as an empty object, an object, or an array', async () => {
    const project = await platform.make.project()
    const client = await somebody()
    expect(await newtask(client, project, 'limit=5')).toEqual({})
    await platform.make.tasks(1, { project, redundancy: 9 })
    expect((await newtask(client, project, 'limit=5')).info).toEqual({ n: 0 })
    await platform.make.tasks(1, { project, redundancy: 9 })
    expect(await newtask(client, project, 'limit=5')).toHaveLength(2)
    expect(await newtask(client, project, 'limit=0')).toEqual({})
  })

  it('gives no more than a hundred tasks, whatever the limit', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(120, { project, redundancy: 9 })
    expect(await newtask(await somebody(), project, 'limit=200')).toHaveLength(100)
  })

  it('takes a short name in place of the id, and ignores arguments that it does not know', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(1, { project })
    const client = await somebody()
    const { body } = await client.get(`/api/project/${project.shortName}/newtask?_=17&colour=red`)
    expect(body.project_id).toBe(project.id)
  })

  it.each([['999999'], ['no-such-project']])(
    'of the unknown project %s answers 404',
    async (name) => {
      const { status, body } = await (await somebody()).get(`/api/project/${name}/newtask`)
      expect([status, body]).toEqual([
        404,
        expect.objectContaining({
          action: 'GET',
          status: 'failed',
          status_code: 404,
          target: 'project',
          exception_cls: 'NotFound',
          exception_msg: `404 Not Found: there is no project ${name}`,
        }),
      ])
    },
  )

  it('tells somebody without account that one is needed, before it looks at a token', async () => {
    const project = await platform.make.project({ allowAnonymousContributors: false })
    await platform.make.tasks(1, { project })
    const { status, body } = await new ApiClient((r) => app.fetch(r)).get(
      `/api/project/${project.id}/newtask?external_uid=x`,
    )
    expect(status).toBe(200)
    expect(body).toEqual({
      id: null,
      created: null,
      project_id: null,
      state: null,
      quorum: null,
      calibration: null,
      priority_0: null,
      n_answers: null,
      fav_user_ids: null,
      info: { error: 'This project does not allow anonymous contributors' },
    })
  })

  it.each([
    ['a draft', { published: false }],
    ['a project with a password', { passwordHash: 'x' }],
  ])('of %s is for those who may see its tasks', async (_what, fields) => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({ ownerId: user.id, ...fields })
    await platform.make.tasks(1, { project })
    const path = `/api/project/${project.id}/newtask`
    expect((await new ApiClient((r) => app.fetch(r)).get(path)).status).toBe(401)
    expect((await (await somebody()).get(path)).status).toBe(403)
    expect((await as(apiKey).get(path)).body.info).toEqual({ n: 0 })
  })

  it.each([
    ['orderby=priority_0&desc=true', [2, 1, 0]],
    ['orderby=priority_0', [0, 1, 2]],
    ['orderby=id&desc=yes', [2, 1, 0]],
    ['desc=1', [2, 1, 0]],
    ['orderby=fav_user_ids&desc=true', [1, 0, 2]],
    ['orderby=n_answers&desc=true', [1, 2, 0]],
  ])('%s gives the tasks %j', async (query, order) => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({ ownerId: user.id })
    const tasks = await platform.make.tasks(3, { project, redundancy: 2 })
    const change = (at: number, body: object) => as(apiKey).put(`/api/task/${tasks[at]?.id}`, body)
    await change(1, { priority_0: 0.1, n_answers: 9 })
    await change(2, { priority_0: 0.2, n_answers: 5 })
    await platform.ctx.db.primary.execute(
      `update tasks set fav_user_ids = '{1,2}' where id = ${tasks[1]?.id}`,
    )
    const given = await newtask(await somebody(), project, `limit=3&${query}`)
    expect(numbers(given)).toEqual(order)
  })
})

describe('breadth first', () => {
  it('comes before the order that the client asks for', async () => {
    const project = await platform.make.project({ info: { sched: 'breadth_first' } })
    await platform.make.tasks(3, { project, redundancy: 3 })
    const other = await somebody()
    await answer(other, await newtask(other, project), 'seen')
    const given = await newtask(await somebody(), project, 'limit=3&orderby=id&desc=true')
    expect(numbers(given)).toEqual([2, 1, 0])
    await answer(other, await newtask(other, project, 'orderby=id&desc=true'), 'seen')
    const then = await newtask(await somebody(), project, 'limit=3&orderby=id&desc=true')
    expect(numbers(then)).toEqual([1, 2, 0])
  })
})

describe('incremental', () => {
  it('hands on the newest answer of the task, whoever gave it', async () => {
    const project = await platform.make.project({ info: { sched: 'incremental' } })
    await platform.make.tasks(1, { project, redundancy: 3 })
    const [first, second, third] = [await somebody(), await somebody(), await somebody()]
    const untouched = await newtask(first, project)
    expect(untouched.info).toEqual({ n: 0 })
    await answer(first, untouched, { text: 'a' })
    await answer(second, await newtask(second, project), { text: 'ab' })
    expect((await newtask(third, project)).info).toEqual({ n: 0, last_answer: { text: 'ab' } })
  })

  it('gives one task by chance among the first ones, and leases no other', async () => {
    const project = await platform.make.project({ info: { sched: 'incremental' } })
    await platform.make.tasks(6, { project, redundancy: 99 })
    const seen = new Set<number>()
    for (let n = 0; n < 60; n++) {
      seen.add((await newtask(await somebody(), project, 'limit=3&offset=1')).info.n)
    }
    expect([...seen].sort()).toEqual([1, 2, 3])
    const leased = await platform.ctx.redis.keys(`${platform.config.REDIS_PREFIX}:lease:*`)
    const holders = await Promise.all(leased.map((key) => platform.ctx.redis.zcard(key)))
    expect(holders.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(60)
    expect(await platform.ctx.redis.keys(`${platform.config.REDIS_PREFIX}:request:*`)).toSatisfy(
      (keys: string[]) => keys.length <= holders.reduce((a, b) => a + b, 0),
    )
  })

  it('ignores the order that the client asks for, and leaves what is no object alone', async () => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({
      ownerId: user.id,
      info: { sched: 'incremental' },
    })
    await as(apiKey).post('/api/task', { project_id: project.id, info: 'text', n_answers: 2 })
    await platform.make.tasks(1, { project, redundancy: 2 })
    const client = await somebody()
    const task = await newtask(client, project, 'orderby=id&desc=true')
    expect(task.info).toBe('text')
    await answer(client, task, 'typed')
    expect((await newtask(await somebody(), project)).info).toBe('text')
  })
})

describe('locked', () => {
  const locked = async (count: number, redundancy = 1) => {
    const project = await platform.make.project({ info: { sched: 'locked' } })
    await platform.make.tasks(count, { project, redundancy })
    return project
  }

  it('gives the first task, then the second, then nothing', async () => {
    const project = await locked(4)
    const client = await somebody()
    const at = async (offset: number) =>
      (await newtask(client, project, `offset=${offset}`)).info?.n
    expect([await at(0), await at(1), await at(2), await at(0)]).toEqual([0, 1, undefined, 0])
  })

  it('refuses an offset beyond that', async () => {
    const project = await locked(4)
    const { status, body } = await (await somebody()).get(
      `/api/project/${project.id}/newtask?offset=3`,
    )
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({
        action: 'GET',
        target: 'project',
        status: 'failed',
        status_code: 400,
        exception_cls: 'BadRequest',
        exception_msg: 'offset cannot be more than 2 here',
      }),
    ])
  })

  it('keeps both for their holder: another volunteer starts with the third', async () => {
    const project = await locked(3)
    const [one, other] = [await somebody(), await somebody()]
    await newtask(one, project, 'offset=1')
    expect((await newtask(other, project)).info).toEqual({ n: 2 })
    expect(await newtask(other, project, 'offset=1')).toEqual({})
    expect(await newtask(await somebody(), project)).toEqual({})
  })

  it('ignores limit, orderby and desc', async () => {
    const project = await locked(3)
    const given = await newtask(await somebody(), project, 'limit=3&orderby=id&desc=true')
    expect(given.info).toEqual({ n: 0 })
  })

  it('wants the lock before anything else of an answer', async () => {
    const project = await locked(1)
    const { status, body } = await answer(
      await somebody(),
      { id: 999_999, project_id: project.id },
      'x',
    )
    expect([status, body.exception_msg]).toEqual([403, 'You must request a task first!'])
  })
})
