import type { ProjectRow } from '@manyhands/shared/projects/table'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let client: (key?: string) => ApiClient
let owner: ApiClient
let ownerId: number
let stranger: ApiClient
let project: ProjectRow

beforeAll(async () => {
  const app = createApp(platform.ctx)
  client = (key) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [one, two] = [await platform.make.user(), await platform.make.user()]
  ownerId = one.user.id
  owner = client(one.apiKey)
  stranger = client(two.apiKey)
})
beforeEach(async () => {
  project = await platform.make.project({ ownerId })
})

const countTasks = async () =>
  (await findProjectStats(platform.ctx.db.primary, project.id))?.nTasks ?? 0

describe('one task', () => {
  it('has the defaults of the contract', async () => {
    const { status, body } = await owner.post('/api/task', { project_id: project.id })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      state: 'ongoing',
      quorum: 0,
      calibration: 0,
      priority_0: 0,
      info: null,
      n_answers: 30,
      fav_user_ids: null,
    })
  })

  it('takes numbers as text and null for the default, as pbs sends them', async () => {
    const fields = { project_id: project.id, info: 'any', n_answers: '5', priority_0: '0.5' }
    const { body } = await owner.post('/api/task', fields)
    expect(body).toMatchObject({ n_answers: 5, priority_0: 0.5 })
    const put = (n_answers: unknown) => owner.put(`/api/task/${body.id}`, { n_answers })
    expect((await put('7')).body.n_answers).toBe(7)
    expect((await put(null)).body.n_answers).toBe(30)
    const asNull = { project_id: project.id, n_answers: null, quorum: null }
    expect((await owner.post('/api/task', asNull)).body).toMatchObject({ n_answers: 30, quorum: 0 })
  })

  it.each([[{ a: 1 }], [[1, 2]], ['text'], [5], [null], [false]])(
    'keeps %j as its info',
    async (info) => {
      const { body } = await owner.post('/api/task', { project_id: project.id, info })
      expect((await owner.get(`/api/task/${body.id}`)).body.info).toEqual(info)
    },
  )

  it.each([
    [{ id: 1 }, 400, 'BadRequest'],
    [{ state: 'completed' }, 400, 'BadRequest'],
    [{ fav_user_ids: [1] }, 400, 'BadRequest'],
    [{ colour: 1 }, 415, 'TypeError'],
    [{ project_id: undefined }, 415, 'AttributeError'],
    [{ project_id: 999_999 }, 415, 'AttributeError'],
    [{ n_answers: 0 }, 415, 'DataError'],
    [{ n_answers: 'many' }, 415, 'DataError'],
    [{ n_answers: 1.5 }, 415, 'DataError'],
  ])('is refused with %j: %i %s', async (fields, status, exception) => {
    const answer = await owner.post('/api/task', { project_id: project.id, ...fields })
    expect([answer.status, answer.body.exception_cls]).toEqual([status, exception])
    expect(await countTasks()).toBe(0)
  })

  it('is refused in the order of the contract to who may not create it', async () => {
    const bodies = [{ id: 1 }, { colour: 1 }, { project_id: 999_999 }, { n_answers: 0 }]
    const statuses = async (who: ApiClient) => {
      const all = []
      for (const body of bodies) {
        all.push((await who.post('/api/task', { project_id: project.id, ...body })).status)
      }
      return all
    }
    expect(await statuses(client())).toEqual([400, 415, 401, 401])
    expect(await statuses(stranger)).toEqual([400, 415, 415, 403])
  })

  it('may be sent back whole, and not moved to another project', async () => {
    const { body: created } = await owner.post('/api/task', {
      project_id: project.id,
      info: { a: 1 },
    })
    const { body: read } = await owner.get(`/api/task/${created.id}`)
    const { id, created: _, state, fav_user_ids, ...whole } = read
    expect((await owner.put(`/api/task/${id}`, { ...whole, info: { a: 2 } })).body.info).toEqual({
      a: 2,
    })
    const other = await platform.make.project({ ownerId })
    expect((await owner.put(`/api/task/${id}`, { project_id: other.id })).status).toBe(403)
    expect((await stranger.put(`/api/task/${id}`, { id: 1 })).status).toBe(403)
    expect((await client().put(`/api/task/${id}`, { id: 1 })).status).toBe(401)
  })
})

describe('an array of tasks', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      project_id: project.id,
      info: { n },
      n_answers: '2',
    }))

  it('is stored in its order, with everything that is asked of one', async () => {
    const { status, body } = await owner.post('/api/task', many(1_000))
    expect(status).toBe(200)
    expect(body).toHaveLength(1_000)
    expect(body.map((task: { info: { n: number } }) => task.info.n)).toEqual(
      Array.from({ length: 1_000 }, (_, n) => n),
    )
    expect(body[7]).toMatchObject({ n_answers: 2, state: 'ongoing', project_id: project.id })
    expect(await countTasks()).toBe(1_000)
  })

  it('may be for several projects', async () => {
    const other = await platform.make.project({ ownerId })
    const { body } = await owner.post('/api/task', [
      { project_id: other.id, info: 0 },
      { project_id: project.id, info: 1 },
      { project_id: other.id, info: 2 },
    ])
    expect(
      body.map((task: { project_id: number; info: number }) => [task.project_id, task.info]),
    ).toEqual([
      [other.id, 0],
      [project.id, 1],
      [other.id, 2],
    ])
  })

  it('is refused as a whole, naming each bad element and its field', async () => {
    const tasks: Array<Record<string, unknown>> = many(5)
    tasks[1] = { ...tasks[1], n_answers: 0 }
    tasks[3] = { ...tasks[3], colour: 'red' }
    tasks[4] = { info: {} }
    const { status, body } = await owner.post('/api/task', tasks)
    expect([status, body.exception_cls]).toEqual([415, 'DataError'])
    expect(body.issues.map((issue: { field: string }) => issue.field)).toEqual([
      '1.n_answers',
      '3.colour',
      '4.project_id',
    ])
    expect(await countTasks()).toBe(0)
  })

  it.each([[0], [1_001]])('of %i elements is refused', async (count) => {
    expect((await owner.post('/api/task', many(count))).status).toBe(415)
    expect(await countTasks()).toBe(0)
  })

  it('is refused to strangers as a whole', async () => {
    expect((await stranger.post('/api/task', many(2))).status).toBe(403)
    expect((await client().post('/api/task', many(2))).status).toBe(401)
    expect(await countTasks()).toBe(0)
  })
})
