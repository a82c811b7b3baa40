import { updateProject } from '@manyhands/shared/projects/repository'
import type { TaskRow } from '@manyhands/shared/tasks/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
const PATH = '/api/favorites'
let app: ReturnType<typeof createApp>
let anonymous: ApiClient
let tasks: TaskRow[]

const client = (key?: string) =>
  new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})

beforeAll(async () => {
  app = createApp(platform.ctx)
  anonymous = client()
  tasks = await platform.make.tasks(5, { project: await platform.make.project() })
})

async function person() {
  const { user, apiKey } = await platform.make.user()
  return { id: user.id, client: client(apiKey) }
}

const idsOf = (answer: { body: Array<{ id: number }> }) => answer.body.map(({ id }) => id)

describe('favourites', () => {
  it('are added once, listed, read and removed', async () => {
    const [first, second] = tasks
    const me = await person()
    const added = await me.client.post(PATH, { task_id: first?.id })
    expect(added.status).toBe(200)
    expect(added.body).toMatchObject({ id: first?.id, fav_user_ids: [me.id] })
    expect(added.body).not.toHaveProperty('link')
    expect((await me.client.post(PATH, { task_id: first?.id })).body.fav_user_ids).toEqual([me.id])
    await me.client.post(PATH, { task_id: second?.id })

    const list = await me.client.get(PATH)
    expect(idsOf(list)).toEqual([first?.id, second?.id])
    expect(list.body[0]).toEqual((await me.client.get(`/api/task/${first?.id}`)).body)
    expect((await me.client.get(`${PATH}/${second?.id}`)).body).toEqual(list.body[1])
    const related = { ...list.body[1], task_runs: [], result: null }
    expect((await me.client.get(`${PATH}?related=1&offset=1`)).body).toEqual([related])
    expect((await me.client.get(`${PATH}/${second?.id}?related=1`)).body).toEqual(related)

    const removed = await me.client.delete(`${PATH}/${first?.id}`)
    expect([removed.status, removed.body.id, removed.body.fav_user_ids]).toEqual([
      200,
      first?.id,
      [],
    ])
    expect(idsOf(await me.client.get(PATH))).toEqual([second?.id])
  })

  it('are each person’s own, and shown on the task', async () => {
    const task = tasks[2]
    const [me, other] = [await person(), await person()]
    await me.client.post(PATH, { task_id: task?.id })
    await other.client.post(PATH, { task_id: task?.id })
    expect((await anonymous.get(`/api/task/${task?.id}`)).body.fav_user_ids).toEqual([
      me.id,
      other.id,
    ])
    await me.client.delete(`${PATH}/${task?.id}`)
    expect(idsOf(await me.client.get(PATH))).toEqual([])
    expect(idsOf(await other.client.get(PATH))).toEqual([task?.id])
  })

  it('are paged by limit, offset, order and last_id, and filtered by nothing', async () => {
    const me = await person()
    for (const { id } of tasks) await me.client.post(PATH, { task_id: id })
    const ids = tasks.map(({ id }) => id)
    const page = async (query: string) => idsOf(await me.client.get(`${PATH}?${query}`))
    expect(await page('limit=2&offset=1')).toEqual(ids.slice(1, 3))
    expect(await page('desc=true&limit=2')).toEqual(ids.toReversed().slice(0, 2))
    expect(await page(`last_id=${ids[1]}&desc=true&offset=1`)).toEqual(ids.slice(2).toReversed())
    expect(await page('state=completed&wrong=1&all=1')).toEqual(ids)
    expect((await me.client.get(`${PATH}?orderby=wrong`)).body.exception_cls).toBe('AttributeError')
  })

  it('of a project that is closed to the caller by now are kept to themselves', async () => {
    const me = await person()
    const project = await platform.make.project()
    const [task] = await platform.make.tasks(1, { project })
    await me.client.post(PATH, { task_id: task?.id })
    await updateProject(platform.ctx.db.primary, project.id, { published: false })
    await platform.ctx.cache.drop(`project:${project.id}`)
    expect(idsOf(await me.client.get(PATH))).toEqual([])
    expect((await me.client.get(`${PATH}/${task?.id}`)).status).toBe(404)
    const other = await person()
    expect((await other.client.post(PATH, { task_id: task?.id })).status).toBe(403)
  })

  it('are refused with the classes of the contract', async () => {
    const me = (await person()).client
    const refusal = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) => {
      const { status, body } = await answer
      return [status, body.exception_cls, body.action, body.target]
    }
    const id = tasks[0]?.id
    expect(await refusal(anonymous.get(PATH))).toEqual([401, 'Unauthorized', 'GET', 'task'])
    expect(await refusal(anonymous.get(`${PATH}/1`))).toEqual([401, 'Unauthorized', 'GET', 'task'])
    expect(await refusal(anonymous.post(PATH, { task_id: id }))).toEqual([
      401,
      'Unauthorized',
      'POST',
      'task',
    ])
    expect(await refusal(anonymous.delete(`${PATH}/${id}`))).toEqual([
      401,
      'Unauthorized',
      'DEL',
      'task',
    ])
    for (const body of [{}, { id }, { task_id: id, more: 1 }]) {
      const refused = [415, 'AttributeError', 'POST', 'task']
      expect(await refusal(anonymous.post(PATH, body))).toEqual(refused)
      expect(await refusal(me.post(PATH, body))).toEqual(refused)
    }
    expect(await refusal(me.post(PATH, { task_id: 'x' }))).toEqual([
      415,
      'DataError',
      'POST',
      'task',
    ])
    expect(await refusal(me.post(PATH, { task_id: 99_999_999 }))).toEqual([
      404,
      'NotFound',
      'POST',
      'task',
    ])
    expect(await refusal(me.get(`${PATH}/${id}`))).toEqual([404, 'NotFound', 'GET', 'task'])
    expect(await refusal(me.delete(`${PATH}/${id}`))).toEqual([404, 'NotFound', 'DEL', 'task'])
    expect((await me.put(`${PATH}/${id}`, {})).status).toBe(405)
  })
})
