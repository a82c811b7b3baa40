import { selectRows } from '@manyhands/shared/db/raw'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { createResult } from '@manyhands/shared/results/repository'
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
let testers: Array<{ id: number; client: ApiClient }>
let stranger: ApiClient
let project: ProjectRow

beforeAll(async () => {
  const app = createApp(platform.ctx)
  client = (key) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const make = async () => {
    const { user, apiKey } = await platform.make.user()
    return { id: user.id, client: client(apiKey) }
  }
  const first = await make()
  owner = first.client
  ownerId = first.id
  testers = [await make(), await make(), await make()]
  stranger = (await make()).client
})

beforeEach(async () => {
  project = await platform.make.project({
    ownerId,
    published: false,
    info: { task_presenter: '<p>look</p>' },
    testersIds: testers.map(({ id }) => id),
  })
})

const path = (rest: string) => `/api/projects/${project.shortName}/${rest}`
const answerAll = async (who: ApiClient, info: unknown = { is: 'a test' }) => {
  for (;;) {
    const task = (await who.get(`/api/project/${project.id}/newtask`)).body
    if (task.id === undefined) return
    const run = { project_id: project.id, task_id: task.id, info }
    expect((await who.post('/api/taskrun', run)).status).toBe(200)
  }
}
/** Two tasks that want two answers: the first is completed and has a result, the second has one answer. */
const tryOut = async () => {
  const tasks = await platform.make.tasks(2, { project, redundancy: 2 })
  for (const tester of testers.slice(0, 1)) await answerAll(tester.client)
  const second = testers[1]?.client
  await second?.get(`/api/project/${project.id}/newtask`)
  await second?.post('/api/taskrun', {
    project_id: project.id,
    task_id: tasks[0]?.id,
    info: '=1+1',
  })
  while (await countWaitingAnswers(platform.ctx)) {}
  await createResult(platform.ctx.db.primary, tasks[0]?.id ?? 0)
  return tasks
}

describe('publishing', () => {
  it('says what is missing, in words and by name', async () => {
    await platform.ctx.db.primary.execute(
      sql`update projects set info = '{}' where id = ${project.id}`,
    )
    const { status, body } = await owner.post(path('publish'))
    expect([status, body.exception_cls]).toEqual([415, 'ValueError'])
    expect(body.exception_msg).toBe(
      'The project cannot be published yet: tasks and presenter missing',
    )
    expect(body.issues.map((issue: { field: string }) => issue.field)).toEqual([
      'tasks',
      'presenter',
    ])
  })

  it('keeps the answers of the test when no body says otherwise', async () => {
    await tryOut()
    const { status, body } = await owner.post(path('publish'))
    expect([status, body.published]).toEqual([200, true])
    expect(body.progress).toMatchObject({ n_task_runs: 3, n_completed_tasks: 1 })
    expect((await owner.get(path('archives'))).body).toEqual([])
  })

  it('puts the answers aside and begins anew when told to', async () => {
    const tasks = await tryOut()
    const { status, body } = await owner.post(path('publish'), { test_answers: 'archive' })
    expect(status).toBe(200)
    expect(body.progress).toMatchObject({
      n_tasks: 2,
      n_task_runs: 0,
      n_volunteers: 0,
      n_completed_tasks: 0,
      overall_progress: 0,
      last_activity: null,
    })
    for (const list of ['taskrun', 'result']) {
      expect((await owner.get(`/api/${list}?project_id=${project.id}`)).body).toEqual([])
    }
    expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
    // Everybody may answer everything again, who tried it out too.
    await answerAll(testers[0]?.client ?? owner)
    await answerAll(stranger)
    const states = (await owner.get(`/api/task?project_id=${project.id}`)).body
    expect(states.map((task: { id: number; state: string }) => [task.id, task.state])).toEqual(
      tasks.map(({ id }) => [id, 'completed']),
    )
  })

  it('lets nobody count an answer that was put aside', async () => {
    await platform.make.tasks(2, { project, redundancy: 2 })
    await answerAll(testers[0]?.client ?? owner)
    await owner.post(path('publish'), { test_answers: 'archive' })
    while (await countWaitingAnswers(platform.ctx)) {}
    const { body } = await owner.get(`/api/projects/${project.shortName}`)
    expect(body.progress).toMatchObject({ n_task_runs: 0, n_volunteers: 0 })
  })

  it('makes no result of answers that were put aside', async () => {
    const [task] = await tryOut()
    await owner.post(path('publish'), { test_answers: 'archive' })
    expect(await createResult(platform.ctx.db.primary, task?.id ?? 0)).toBeUndefined()
  })

  it('archives nothing of a project that is published already', async () => {
    await tryOut()
    await owner.post(path('publish'))
    const { body } = await owner.post(path('publish'), { test_answers: 'archive' })
    expect(body.progress.n_task_runs).toBe(3)
    expect((await owner.get(path('archives'))).body).toEqual([])
  })

  it('writes down who did it and what became of the answers', async () => {
    await tryOut()
    await owner.post(path('publish'), { test_answers: 'archive' })
    const { items } = (await owner.get(path('audit-log'))).body
    expect(items).toMatchObject([
      {
        attribute: 'test_answers',
        old_value: '{"n_task_runs":3,"n_results":1}',
        new_value: expect.stringMatching(/^archive \d+$/),
        user_id: ownerId,
      },
      { attribute: 'published', old_value: 'false', new_value: 'true' },
    ])
  })

  it.each([
    ['POST', 'publish'],
    ['POST', 'unpublish'],
    ['GET', 'archives'],
    ['GET', 'archives/1'],
  ])('answers %s %s to owners only', async (method, rest) => {
    expect((await client().send(method, path(rest))).status).toBe(401)
    expect((await stranger.send(method, path(rest))).status).toBe(403)
  })

  it.each([
    [{ test_answers: 'delete' }, 'DataError'],
    [{ wipe: true }, 'TypeError'],
  ])('refuses %j with %s', async (body, exception) => {
    await platform.make.tasks(1, { project })
    const answer = await owner.post(path('publish'), body)
    expect([answer.status, answer.body.exception_cls]).toEqual([415, exception])
  })
})

it('may be taken back by its owner, and nothing is lost by that', async () => {
  await tryOut()
  await owner.post(path('publish'))
  const { body } = await owner.post(path('unpublish'))
  expect(body).toMatchObject({ published: false, progress: { n_task_runs: 3 } })
  expect((await stranger.get(`/api/projects/${project.shortName}`)).status).toBe(403)
})

describe('an archive', () => {
  const archive = async () => {
    await tryOut()
    await owner.post(path('publish'), { test_answers: 'archive' })
    const [listed] = (await owner.get(path('archives'))).body
    return listed as { id: number }
  }

  it('is listed with what it holds', async () => {
    expect(await archive()).toMatchObject({ n_task_runs: 3, n_results: 1 })
  })

  it('holds the task runs as the wire had them', async () => {
    await platform.make.tasks(1, { project, redundancy: 1 })
    await answerAll(testers[0]?.client ?? owner)
    const [run] = (await owner.get(`/api/taskrun?project_id=${project.id}`)).body
    await owner.post(path('publish'), { test_answers: 'archive' })
    const [{ id }] = (await owner.get(path('archives'))).body
    const { link, links, ...wire } = run
    expect((await owner.get(path(`archives/${id}`))).body).toEqual([wire])
  })

  it('is downloaded in each format', async () => {
    const { id } = await archive()
    const json = await owner.get(path(`archives/${id}?format=json&type=result`))
    expect(json.body).toMatchObject([{ last_version: true, info: null }])
    const lines = await owner.get(path(`archives/${id}?format=ndjson`))
    expect(
      lines.body
        .trim()
        .split('\n')
        .map((line: string) => JSON.parse(line).info),
    ).toEqual([{ is: 'a test' }, { is: 'a test' }, '=1+1'])
    const csv = await owner.get(path(`archives/${id}?format=csv`))
    expect(csv.headers.get('content-disposition')).toContain(`archive_${id}_task_run.csv`)
    expect(csv.body).toContain(",'=1+1\n")
  })

  it.each(['format=xml', 'type=task'])('is refused with %s', async (query) => {
    const { id } = await archive()
    expect((await owner.get(path(`archives/${id}?${query}`))).status).toBe(415)
  })

  it('is of its own project only', async () => {
    const { id } = await archive()
    const other = await platform.make.project({ ownerId })
    expect((await owner.get(`/api/projects/${other.shortName}/archives/${id}`)).status).toBe(404)
  })

  it('is read page by page, whole', async () => {
    await platform.make.tasks(1_203, { project, redundancy: 1 })
    await platform.ctx.db.primary.execute(sql`
      insert into task_runs (project_id, task_id, finish_time, volunteer_key, answer_hash, info)
      select project_id, id, now(), 'account:' || id, 'x', 'null' from tasks where project_id = ${project.id}`)
    await owner.post(path('publish'), { test_answers: 'archive' })
    const [{ id, n_task_runs }] = (await owner.get(path('archives'))).body
    expect(n_task_runs).toBe(1_203)
    const { body } = await owner.get(path(`archives/${id}`))
    expect(new Set(body.map((run: { id: number }) => run.id)).size).toBe(1_203)
  })
})

it('loses and doubles no answer that arrives while the others are put aside', {
  timeout: 120_000,
}, async () => {
  const volunteers = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { user, apiKey } = await platform.make.user()
      return { id: user.id, client: client(apiKey) }
    }),
  )
  project = await platform.make.project({
    ownerId,
    published: false,
    info: { task_presenter: '<p>look</p>' },
    testersIds: volunteers.map(({ id }) => id),
  })
  await platform.make.tasks(60, { project, redundancy: 4 })
  let acknowledged = 0
  let over = false
  const volunteer = async (who: ApiClient) => {
    while (!over) {
      const task = (await who.get(`/api/project/${project.id}/newtask`)).body
      if (task.id === undefined) return
      const run = { project_id: project.id, task_id: task.id, info: acknowledged }
      const { status, body } = await who.post('/api/taskrun', run)
      expect([status, body.exception_msg]).toEqual([200, undefined])
      acknowledged++
    }
  }
  const relay = async () => {
    while (!over) await countWaitingAnswers(platform.ctx, 20)
  }
  const publisher = async () => {
    for (let round = 0; round < 3; round++) {
      const from = acknowledged
      while (acknowledged < from + 40) await new Promise((resolve) => setTimeout(resolve, 1))
      expect((await owner.post(path('publish'), { test_answers: 'archive' })).status).toBe(200)
      await owner.post(path('unpublish'))
    }
  }
  const relaying = relay()
  await Promise.all([publisher(), ...volunteers.map((who) => volunteer(who.client))])
  over = true
  await relaying
  while (await countWaitingAnswers(platform.ctx)) {}

  expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
  const [stored] = await selectRows<{ runs: number; kept: number }>(
    platform.ctx.db.primary,
    sql`select (select count(*) from task_runs where project_id = ${project.id})::int as runs,
      (select count(*) from archived_rows r join archives a on a.id = r.archive_id
        where a.project_id = ${project.id} and r.kind = 'task_run')::int as kept`,
  )
  expect((stored?.runs ?? 0) + (stored?.kept ?? 0)).toBe(acknowledged)
  const { body } = await owner.get(`/api/projects/${project.shortName}`)
  expect(body.progress.n_task_runs).toBe(stored?.runs)
})
