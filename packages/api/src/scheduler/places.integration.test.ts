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

/** A project in which the volunteer has come so far that their place is remembered, and one task before
 *  it that others have completed. */
async function farIntoProject() {
  const [owner, volunteer, other] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user(),
  ]
  const project = await platform.make.project({ ownerId: owner.user.id })
  const [first] = await platform.make.tasks(1, { project, redundancy: 1 })
  await platform.make.tasks(60, { project, redundancy: 2 })
  const next = (client: ApiClient) =>
    client.get(`/api/project/${project.id}/newtask`).then(({ body }) => body)
  const answer = (client: ApiClient, task: { id: number }) =>
    client.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: 'owl' })
  await answer(as(other.apiKey), await next(as(other.apiKey)))
  for (let n = 0; n < 50; n++) await answer(as(volunteer.apiKey), await next(as(volunteer.apiKey)))
  const place = await platform.ctx.places.find(project.id, 0, `account:${volunteer.user.id}`)
  expect(place?.id).toBeGreaterThan(first?.id ?? 0)
  return { project, first, owner: as(owner.apiKey), next: () => next(as(volunteer.apiKey)) }
}

describe('a volunteer who has come far', () => {
  it('is given the next task, and later ones when they are added', async () => {
    const { project, owner, next } = await farIntoProject()
    const task = await next()
    expect(task.info).toEqual({ n: 50 })
    await owner.post('/api/task', { project_id: project.id, info: { n: 'last' } })
    expect((await next()).id).toBe(task.id)
  })

  it('is given a more urgent task that comes afterwards', async () => {
    const { project, owner, next } = await farIntoProject()
    await next()
    await owner.post('/api/task', { project_id: project.id, info: { n: 'urgent' }, priority_0: 1 })
    expect((await next()).info).toEqual({ n: 'urgent' })
  })

  it('is given a task that has come back', async () => {
    const { first, owner, next } = await farIntoProject()
    await next()
    const reopened = await owner.put(`/api/task/${first?.id}`, { n_answers: 5 })
    expect(reopened.body.state).toBe('ongoing')
    expect((await next()).id).toBe(first?.id)
  })

  it('is given a task whose priority was raised', async () => {
    const { project, owner, next } = await farIntoProject()
    const tasks = (await owner.get(`/api/task?project_id=${project.id}&desc=true&limit=1`)).body
    await owner.put(`/api/task/${tasks[0].id}`, { priority_0: 0.5 })
    expect((await next()).id).toBe(tasks[0].id)
  })
})

describe('a scheduler', () => {
  it.each([
    ['default', [0, 1, 2]],
    ['breadth_first', [1, 2, 0]],
    ['nonsense', [0, 1, 2]],
  ])('of the kind %s gives tasks in the order %j', async (sched, order) => {
    const owner = await platform.make.user()
    const project = await platform.make.project({ ownerId: owner.user.id })
    await platform.make.tasks(3, { project, redundancy: 3 })
    const other = await platform.make.user()
    const task = (await as(other.apiKey).get(`/api/project/${project.id}/newtask`)).body
    await as(other.apiKey).post('/api/taskrun', {
      project_id: project.id,
      task_id: task.id,
      info: 1,
    })
    await as(owner.apiKey).put(`/api/project/${project.id}`, { info: { sched } })

    const given = (
      await as((await platform.make.user()).apiKey).get(
        `/api/project/${project.id}/newtask?limit=5`,
      )
    ).body
    expect(given.map((each: { info: { n: number } }) => each.info.n)).toEqual(order)
  })

  it('goes through completed tasks too when it is depth_first_all', async () => {
    const project = await platform.make.project({ info: { sched: 'depth_first_all' } })
    await platform.make.tasks(1, { project, redundancy: 1 })
    for (let n = 0; n < 3; n++) {
      const client = as((await platform.make.user()).apiKey)
      const task = (await client.get(`/api/project/${project.id}/newtask`)).body
      expect(
        (await client.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: n }))
          .status,
      ).toBe(200)
    }
  })

  it('passes over as many tasks as the offset says, in a stable order', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(4, { project, redundancy: 1 })
    const client = as((await platform.make.user()).apiKey)
    const at = async (offset: number) =>
      (await client.get(`/api/project/${project.id}/newtask?offset=${offset}`)).body.info?.n
    expect([await at(0), await at(1), await at(2), await at(0), await at(9)]).toEqual([
      0,
      1,
      2,
      0,
      undefined,
    ])
  })

  it.each([
    ['limit=x', 'ValueError'],
    ['offset=-1', 'ValueError'],
    ['orderby=colour', 'AttributeError'],
    ['desc=perhaps', 'ValueError'],
  ])('refuses %s with %s', async (query, exception) => {
    const project = await platform.make.project()
    const { status, body } = await new ApiClient((r) => app.fetch(r)).get(
      `/api/project/${project.id}/newtask?${query}`,
    )
    expect([status, body.exception_cls]).toEqual([415, exception])
  })
})
