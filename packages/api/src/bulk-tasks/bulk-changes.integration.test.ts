import { selectRows } from '@manyhands/shared/db/raw'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { counterDrift, countWaitingAnswers, NO_DRIFT } from '@manyhands/shared/testing/recount'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
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
  owner = client(one.apiKey)
  ownerId = one.user.id
  stranger = client(two.apiKey)
})
beforeEach(async () => {
  project = await platform.make.project({ ownerId })
})

const path = (rest: string) => `/api/projects/${project.shortName}/${rest}`
const answerOnce = async (who: ApiClient) => {
  const task = (await who.get(`/api/project/${project.id}/newtask`)).body
  if (task.id === undefined) return undefined
  const run = { project_id: project.id, task_id: task.id, info: 1 }
  expect((await who.post('/api/taskrun', run)).status).toBe(200)
  return task.id as number
}
const settle = async () => {
  while (await countWaitingAnswers(platform.ctx)) {}
}
const progress = async () => (await owner.get(`/api/projects/${project.shortName}`)).body.progress
const statesOf = async () =>
  (await owner.get(`/api/task?project_id=${project.id}&limit=100`)).body.map(
    (task: { state: string }) => task.state,
  )
const epoch = async () => {
  const [row] = await selectRows<{ schedule_epoch: number }>(
    platform.ctx.db.primary,
    sql`select schedule_epoch from projects where id = ${project.id}`,
  )
  return row?.schedule_epoch ?? 0
}

describe('redundancy in bulk', () => {
  it('completes what has enough answers, and orders the results', async () => {
    await platform.make.tasks(3, { project, redundancy: 5 })
    await answerOnce(owner)
    await answerOnce(owner)
    await settle()
    const { status, body } = await owner.put(path('redundancy'), { n_answers: 1 })
    expect([status, body]).toEqual([200, { n_changed: 3, n_completed: 2, n_reopened: 0 }])
    expect(await statesOf()).toEqual(['completed', 'completed', 'ongoing'])
    expect(await progress()).toMatchObject({ n_completed_tasks: 2, overall_progress: 66 })
    const events = await selectRows(
      platform.ctx.db.primary,
      sql`select 1 from outbox where topic = 'task-completed' and (payload ->> 'projectId')::int = ${project.id}`,
    )
    expect(events).toHaveLength(2)
  })

  it('reopens what wants more, and volunteers who were past it get it again', async () => {
    await platform.make.tasks(2, { project, redundancy: 1 })
    const first = await answerOnce(owner)
    await settle()
    const before = await epoch()
    const { body } = await owner.put(path('redundancy'), { n_answers: 3 })
    expect(body).toEqual({ n_changed: 2, n_completed: 0, n_reopened: 1 })
    expect(await epoch()).toBeGreaterThan(before)
    expect(await answerOnce(stranger)).toBe(first)
    await settle()
    expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
  })

  it('leaves the other tasks alone when some are named', async () => {
    const tasks = await platform.make.tasks(3, { project, redundancy: 2 })
    const other = await platform.make.tasks(1, {
      project: await platform.make.project({ ownerId }),
      redundancy: 2,
    })
    const task_ids = [tasks[1]?.id, other[0]?.id]
    const { body } = await owner.put(path('redundancy'), { n_answers: 7, task_ids })
    expect(body.n_changed).toBe(1)
    const rows = (await owner.get(`/api/task?project_id=${project.id}`)).body
    expect(rows.map((task: { n_answers: number }) => task.n_answers)).toEqual([2, 7, 2])
  })

  it('changes nothing when it is said again, and says so', async () => {
    await platform.make.tasks(3, { project, redundancy: 2 })
    await owner.put(path('redundancy'), { n_answers: 4 })
    const { body } = await owner.put(path('redundancy'), { n_answers: 4 })
    expect(body).toEqual({ n_changed: 0, n_completed: 0, n_reopened: 0 })
    const { items } = (await owner.get(path('audit-log'))).body
    expect(items).toMatchObject([
      { attribute: 'task.n_answers', new_value: '{"n_answers":4,"n_tasks":3}' },
    ])
  })

  it.each([0, 10_001, 1.5, '5', null])('refuses %j', async (n_answers) => {
    expect((await owner.put(path('redundancy'), { n_answers })).status).toBe(415)
  })

  it('keeps states and counters right while answers arrive', { timeout: 120_000 }, async () => {
    await platform.make.tasks(50, { project, redundancy: 3 })
    const volunteers = await Promise.all(
      Array.from({ length: 10 }, async () => client((await platform.make.user()).apiKey)),
    )
    let over = false
    const answering = volunteers.map(async (who) => {
      while (!over) if ((await answerOnce(who)) === undefined) return
    })
    const relaying = (async () => {
      while (!over) await countWaitingAnswers(platform.ctx, 20)
    })()
    for (let round = 0; round < 12; round++) {
      const change = { n_answers: [5, 2, 4, 1][round % 4] }
      expect((await owner.put(path('redundancy'), change)).status).toBe(200)
    }
    over = true
    await Promise.all([relaying, ...answering])
    await settle()
    expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
  })
})

describe('priorities in bulk', () => {
  it('bring tasks to the front at once, and name what is no task here', async () => {
    const tasks = await platform.make.tasks(3, { project })
    const last = tasks[2]?.id ?? 0
    const before = await epoch()
    const change = { task_ids: [last, last, 999_999_999], priority_0: 0.9 }
    const { status, body } = await owner.put(path('priorities'), change)
    expect([status, body]).toEqual([200, { n_changed: 1, unknown_ids: [999_999_999] }])
    expect(await epoch()).toBeGreaterThan(before)
    expect(await answerOnce(stranger)).toBe(last)
  })

  it.each([
    { task_ids: [], priority_0: 1 },
    { task_ids: [1], priority_0: 1.1 },
    { task_ids: [1], priority_0: -0.1 },
    { task_ids: ['1'], priority_0: 1 },
    { priority_0: 1 },
  ])('are refused as %j', async (change) => {
    expect((await owner.put(path('priorities'), change)).status).toBe(415)
  })
})

describe('the scheduler', () => {
  it('is chosen by name and written down', async () => {
    expect((await owner.put(path('scheduler'), { sched: 'breadth_first' })).status).toBe(204)
    expect((await owner.get(`/api/project/${project.id}`)).body.info.sched).toBe('breadth_first')
    const { items } = (await owner.get(path('audit-log?attribute=info.sched'))).body
    expect(items).toMatchObject([{ old_value: null, new_value: 'breadth_first' }])
    expect((await owner.put(path('scheduler'), { sched: 'random' })).status).toBe(415)
  })

  it('is served in its new order at once', async () => {
    await platform.make.tasks(2, { project, redundancy: 5 })
    await answerOnce(owner)
    await owner.put(path('scheduler'), { sched: 'breadth_first' })
    const given = (await stranger.get(`/api/project/${project.id}/newtask`)).body
    expect(given.info.n).toBe(1)
  })
})

describe('deleting all tasks', () => {
  it('leaves those that have a result', async () => {
    const tasks = await platform.make.tasks(3, { project, redundancy: 2 })
    await answerOnce(owner)
    await settle()
    await platform.ctx.db.primary.execute(
      sql`insert into results (project_id, task_id, task_run_ids, last_version)
        values (${project.id}, ${tasks[1]?.id ?? 0}, '{}', false)`,
    )
    const { status, body } = await owner.delete(path('tasks'))
    expect([status, body]).toEqual([200, { n_deleted: 2, n_kept: 1 }])
    expect(await statesOf()).toEqual(['ongoing'])
    expect(await counterDrift(platform.ctx, project.id)).toMatchObject({ tasks: 0, taskRuns: 0 })
  })
})

it.each([
  ['PUT', 'scheduler', { sched: 'default' }],
  ['PUT', 'redundancy', { n_answers: 2 }],
  ['PUT', 'priorities', { task_ids: [1], priority_0: 1 }],
  ['DELETE', 'tasks', undefined],
])('%s %s is for owners only', async (method, rest, body) => {
  expect((await client().send(method, path(rest), body)).status).toBe(401)
  expect((await stranger.send(method, path(rest), body)).status).toBe(403)
})
