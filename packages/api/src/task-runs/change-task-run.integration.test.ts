import type { ProjectRow } from '@manyhands/shared/projects/table'
import { createResult, findCurrentResult } from '@manyhands/shared/results/repository'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { findTaskRun, listTaskRunsOfTask } from '@manyhands/shared/task-runs/repository'
import { findTask } from '@manyhands/shared/tasks/repository'
import type { TaskRow } from '@manyhands/shared/tasks/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { countWaitingAnswers, driftOf, NO_DRIFT } from '@manyhands/shared/testing/counters'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
let admin: ApiClient
let anonymous: ApiClient

const client = (key?: string) =>
  new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
const account = async () => client((await platform.make.user()).apiKey)

beforeAll(async () => {
  app = createApp(platform.ctx)
  anonymous = client()
  admin = client((await platform.make.user({ admin: true })).apiKey)
})

async function makeTasks(count: number, redundancy: number) {
  const owner = await platform.make.user()
  const project = await platform.make.project({ ownerId: owner.user.id })
  const tasks = await platform.make.tasks(count, { project, redundancy })
  return { project, tasks, first: tasks[0] as TaskRow, owner: client(owner.apiKey) }
}

/** Asks for the next task of a project and answers it. */
async function answer(by: ApiClient, project: ProjectRow, info: unknown = { answer: 'owl' }) {
  const task = (await by.get(`/api/project/${project.id}/newtask`)).body
  const body = { project_id: project.id, task_id: task.id, info }
  const { status, body: run } = await by.post('/api/taskrun', body)
  expect(status).toBe(200)
  return run
}

describe('changing an answer', () => {
  it('takes the whole object back, and changes the answer and its file only', async () => {
    const { project } = await makeTasks(1, 2)
    const volunteer = await account()
    const { id } = await answer(volunteer, project)
    const read = (await volunteer.get(`/api/taskrun/${id}`)).body
    const { id: _, created, finish_time, ...rest } = read

    const changed = await volunteer.put(`/api/taskrun/${id}`, {
      ...rest,
      info: 'a barn owl',
      media_url: 'https://example.org/owl.png',
    })

    const { link, links, ...columns } = read
    expect(changed.status).toBe(200)
    expect(changed.body).toEqual({
      ...columns,
      info: 'a barn owl',
      media_url: 'https://example.org/owl.png',
    })
    expect((await volunteer.get(`/api/taskrun/${id}`)).body.info).toBe('a barn owl')
  })

  it.each([
    [{ task_id: 1_000_000 }, 403, 'Forbidden'],
    [{ project_id: 1_000_000 }, 403, 'Forbidden'],
    [{ user_id: 1_000_000 }, 403, 'Forbidden'],
    [{ user_ip: '10.0.0.1' }, 403, 'Forbidden'],
    [{ external_uid: 'somebody else' }, 403, 'Forbidden'],
    [{ timeout: 5 }, 403, 'Forbidden'],
    [{ finish_time: '2015-01-01T00:00:00' }, 400, 'BadRequest'],
    [{ created: '2015-01-01T00:00:00' }, 400, 'BadRequest'],
    [{ id: 5 }, 400, 'BadRequest'],
    [{ wrong: 5 }, 415, 'TypeError'],
    ['not json', 415, 'ValueError'],
  ] as const)('refuses %j with %i %s', async (change, status, exception) => {
    const { project } = await makeTasks(1, 2)
    const volunteer = await account()
    const { id } = await answer(volunteer, project)
    expect(await volunteer.put(`/api/taskrun/${id}`, change)).toMatchObject({
      status,
      body: { action: 'PUT', target: 'taskrun', exception_cls: exception, status_code: status },
    })
  })

  it('moves the time of the project', async () => {
    const { project, owner } = await makeTasks(1, 2)
    const volunteer = await account()
    const { id } = await answer(volunteer, project)
    const before = (await owner.get(`/api/project/${project.id}`)).body.updated
    await volunteer.put(`/api/taskrun/${id}`, { info: 1 })
    expect((await owner.get(`/api/project/${project.id}`)).body.updated > before).toBe(true)
  })
})

describe('who may change an answer, and take it back', () => {
  it('its volunteer and admins, not the owner of the project', async () => {
    const { project, owner } = await makeTasks(1, 5)
    const volunteer = await account()
    for (const [by, status] of [
      [anonymous, 401],
      [await account(), 403],
      [owner, 403],
      [volunteer, 200],
      [admin, 200],
    ] as const) {
      const { id } = await answer(volunteer, project)
      expect((await by.put(`/api/taskrun/${id}`, { info: 1 })).status).toBe(status)
      expect((await by.delete(`/api/taskrun/${id}`)).status).toBe(status === 200 ? 204 : status)
      if (status !== 200) await volunteer.delete(`/api/taskrun/${id}`)
    }
  })

  it('admins alone, if nobody was signed in when it was given', async () => {
    const { project } = await makeTasks(1, 2)
    const browser = client()
    const { id, user_id } = await answer(browser, project)
    expect(user_id).toBeNull()
    expect((await browser.put(`/api/taskrun/${id}`, { info: 1 })).status).toBe(401)
    expect((await browser.delete(`/api/taskrun/${id}`)).status).toBe(401)
    expect((await (await account()).delete(`/api/taskrun/${id}`)).status).toBe(403)
    expect((await admin.put(`/api/taskrun/${id}`, { info: 1 })).status).toBe(200)
    expect((await admin.delete(`/api/taskrun/${id}`)).status).toBe(204)
  })

  it('nobody, once the current result is made from it', async () => {
    const { project, first } = await makeTasks(1, 1)
    const volunteer = await account()
    const { id } = await answer(volunteer, project)
    await createResult(platform.ctx.db.primary, first.id)
    for (const [by, status] of [
      [anonymous, 401],
      [volunteer, 403],
      [admin, 403],
    ] as const) {
      expect((await by.put(`/api/taskrun/${id}`, { info: 1 })).status).toBe(status)
      expect((await by.delete(`/api/taskrun/${id}`)).status).toBe(status)
    }
    expect((await findTask(platform.ctx.db.primary, first.id))?.state).toBe('completed')
  })

  it('nobody, of an answer that there is not', async () => {
    const { status, body } = await admin.delete('/api/taskrun/1000000')
    expect([status, body.exception_cls, body.target]).toEqual([404, 'NotFound', 'taskrun'])
  })
})

describe('an answer that was taken back', () => {
  it('makes its task wanted again, by the same volunteer too', async () => {
    const { project, first } = await makeTasks(2, 1)
    const volunteer = await account()
    const run = await answer(volunteer, project)
    await answer(volunteer, project)
    const nothing = (await volunteer.get(`/api/project/${project.id}/newtask`)).body
    expect(nothing).toEqual({})

    expect((await volunteer.send('DELETE', `/api/taskrun/${run.id}`, 'null')).status).toBe(204)

    expect((await volunteer.get(`/api/taskrun/${run.id}`)).status).toBe(404)
    expect((await volunteer.get(`/api/task/${first.id}`)).body.state).toBe('ongoing')
    const again = await answer(volunteer, project, 'a second look')
    expect(again.task_id).toBe(first.id)
    expect((await volunteer.get(`/api/task/${first.id}`)).body.state).toBe('completed')
  })

  it('makes its task wanted again by volunteers who had come further', async () => {
    const { project, tasks } = await makeTasks(80, 2)
    const [volunteer, other] = [await account(), await account()]
    const first = await answer(volunteer, project)
    for (const _ of tasks) await answer(other, project)
    expect(first.task_id).toBe(tasks[0]?.id)
    const third = await account()
    await answer(third, project)

    await volunteer.delete(`/api/taskrun/${first.id}`)

    const next = (await (await account()).get(`/api/project/${project.id}/newtask`)).body
    expect(next.id).toBe(tasks[0]?.id)
  })

  it.each([
    ['before it was counted', false],
    ['after it was counted', true],
  ])('%s leaves the counters as a recount finds them', async (_when, counted) => {
    const { ctx } = platform
    const { project, tasks } = await makeTasks(3, 1)
    const [gone, stays] = [await account(), await account()]
    await answer(stays, project)
    await countWaitingAnswers(ctx)
    const run = await answer(gone, project)
    if (counted) await countWaitingAnswers(ctx)

    await gone.delete(`/api/taskrun/${run.id}`)

    expect(await driftOf(ctx, project.id)).toEqual(NO_DRIFT)
    await countWaitingAnswers(ctx)
    expect(await driftOf(ctx, project.id)).toEqual(NO_DRIFT)
    const [left] = await listTaskRunsOfTask(ctx.db.primary, tasks[0]?.id ?? 0)
    expect(await findProjectStats(ctx.db.primary, project.id)).toMatchObject({
      nTaskRuns: 1,
      nVolunteers: 1,
      nCompletedTasks: 1,
      overallProgress: 33,
      lastActivity: left?.finishTime,
    })
  })

  it('leaves the counters right when another answer had completed the task', async () => {
    const { ctx } = platform
    const { project } = await makeTasks(1, 2)
    const [first, second] = [await account(), await account()]
    const run = await answer(first, project)
    await countWaitingAnswers(ctx)
    await answer(second, project)

    await first.delete(`/api/taskrun/${run.id}`)

    expect(await driftOf(ctx, project.id)).toEqual(NO_DRIFT)
    await countWaitingAnswers(ctx)
    expect(await driftOf(ctx, project.id)).toEqual(NO_DRIFT)
    expect(await findProjectStats(ctx.db.primary, project.id)).toMatchObject({
      nTaskRuns: 1,
      nVolunteers: 1,
      nCompletedTasks: 0,
    })
  })

  it('is replaced by an answer that had come too late', async () => {
    const { ctx } = platform
    const { project, first } = await makeTasks(1, 1)
    const [early, late] = [await account(), await account()]
    const task = (await early.get(`/api/project/${project.id}/newtask`)).body
    // Opening its page gives a task to whoever wants it, although somebody else has the slot.
    const body = { project_id: project.id, task_id: task.id, info: 'late' }
    await ctx.leases.grant(await keyOf(late), [{ id: task.id, nAnswers: -1, nTaskRuns: 0 }], 0, 1)
    const run = (await early.post('/api/taskrun', { ...body, info: 'early' })).body
    const surplus = (await late.post('/api/taskrun', body)).body
    expect((await findTaskRun(ctx.db.primary, surplus.id))?.surplus).toBe(true)

    expect((await early.delete(`/api/taskrun/${run.id}`)).status).toBe(204)

    expect((await findTask(ctx.db.primary, first.id))?.state).toBe('completed')
    expect((await findCurrentResult(ctx.db.primary, first.id))?.taskRunIds).toEqual([surplus.id])
    await countWaitingAnswers(ctx)
    expect(await driftOf(ctx, project.id)).toEqual(NO_DRIFT)
  })
})

async function keyOf(by: ApiClient): Promise<string> {
  const { id } = (await by.get('/api/session')).body.user
  return `account:${id}`
}
