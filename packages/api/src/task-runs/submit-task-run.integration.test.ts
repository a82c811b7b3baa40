import { selectRows } from '@manyhands/shared/db/raw'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})

const browser = () => new ApiClient((request) => app.fetch(request))
const account = async () => {
  const { apiKey } = await platform.make.user()
  return new ApiClient((request) => app.fetch(request), { authorization: apiKey })
}
const answer = (task: { id: number; project_id: number }, info: unknown = { answer: 'owl' }) => ({
  project_id: task.project_id,
  task_id: task.id,
  info,
})

describe('an answer', () => {
  it('is stored with the time its task was handed out', async () => {
    const [task] = await platform.make.tasks(1, { project: await platform.make.project() })
    const client = await account()
    const given = (await client.get(`/api/project/${task?.projectId}/newtask`)).body
    const { status, body } = await client.post('/api/taskrun', answer(given))

    expect(status).toBe(200)
    expect(body).toMatchObject({ task_id: task?.id, info: { answer: 'owl' }, user_ip: null })
    expect(body.created <= body.finish_time).toBe(true)
    expect(body.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/)
  })

  it('is refused from somebody who never asked for the task', async () => {
    const [task] = await platform.make.tasks(1, { project: await platform.make.project() })
    const { status, body } = await browser().post(
      '/api/taskrun',
      answer({ id: task?.id ?? 0, project_id: task?.projectId ?? 0 }),
    )

    expect(status).toBe(403)
    expect(body).toMatchObject({
      status: 'failed',
      status_code: 403,
      exception_cls: 'Forbidden',
      target: 'taskrun',
      action: 'POST',
    })
    expect(body.exception_msg).toBe('You must request a task first!')
  })

  it('sent five times at once is stored once and gives five equal receipts', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(1, { project, redundancy: 3 })
    const client = browser()
    const task = (await client.get(`/api/project/${project.id}/newtask`)).body

    const receipts = await Promise.all(
      Array.from({ length: 5 }, () => client.post('/api/taskrun', answer(task))),
    )

    expect(receipts.map((receipt) => receipt.status)).toEqual([200, 200, 200, 200, 200])
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt.body))).size).toBe(1)
    expect((await client.get(`/api/taskrun?project_id=${project.id}`)).body).toHaveLength(1)
  })

  it('that differs from the first one is refused, and the first one stays', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(1, { project, redundancy: 3 })
    const client = await account()
    const task = (await client.get(`/api/project/${project.id}/newtask`)).body
    await client.post('/api/taskrun', answer(task, { answer: 'owl' }))
    const second = await client.post('/api/taskrun', answer(task, { answer: 'cat' }))

    expect(second.status).toBe(403)
    const runs = (await client.get(`/api/taskrun?project_id=${project.id}&all=1`)).body
    expect(runs.map((run: { info: unknown }) => run.info)).toEqual([{ answer: 'owl' }])
  })

  it('with the same Idempotency-Key is the same answer', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(1, { project, redundancy: 3 })
    const client = browser()
    const task = (await client.get(`/api/project/${project.id}/newtask`)).body
    const first = await client.post('/api/taskrun', answer(task, { at: 1 }), {
      'idempotency-key': 'k',
    })
    const again = await client.post('/api/taskrun', answer(task, { at: 2 }), {
      'idempotency-key': 'k',
    })

    expect(again.body).toEqual(first.body)
  })

  it('that comes after the last one wanted is kept as surplus', async () => {
    const project = await platform.make.project()
    const [task] = await platform.make.tasks(1, { project, redundancy: 1 })
    const [late, quick] = [browser(), browser()]
    await late.get('/api/session')
    await late.post(`/api/project/${project.id}/task/${task?.id}/request`)
    await quick.get('/api/session')
    await quick.post(`/api/project/${project.id}/task/${task?.id}/request`)
    const run = answer({ id: task?.id ?? 0, project_id: project.id })
    await quick.post('/api/taskrun', run)

    expect((await late.post('/api/taskrun', run)).status).toBe(200)
    const rows = await selectRows<{ surplus: boolean }>(
      platform.ctx.db.primary,
      sql`select surplus from task_runs where project_id = ${project.id} order by id`,
    )
    expect(rows.map((row) => row.surplus)).toEqual([false, true])
    const events = await selectRows<{ completes: boolean }>(
      platform.ctx.db.primary,
      sql`select (payload ->> 'completes')::boolean as completes from outbox where (payload ->> 'projectId')::int = ${project.id} order by id`,
    )
    expect(events.map((event) => event.completes)).toEqual([true, false])
  })

  it.each([
    ['not JSON', 'nonsense', 415, 'ValueError'],
    ['a list', '[1]', 415, 'AttributeError'],
    ['an unknown task', { project_id: 1, task_id: 999_999, info: 1 }, 403, 'Forbidden'],
    [
      '10 MB large',
      { project_id: 1, task_id: 1, info: 'x'.repeat(10_000_000) },
      413,
      'RequestEntityTooLarge',
    ],
    ['an id as text', { project_id: '1', task_id: 1 }, 403, 'Forbidden'],
    ['a reserved key', { project_id: 1, task_id: 1, id: 5 }, 400, 'BadRequest'],
    ['an unknown field', { project_id: 1, task_id: 1, colour: 'red' }, 415, 'TypeError'],
  ])('that is %s is refused and stores nothing', async (_what, body, status, exception) => {
    const before = await selectRows(platform.ctx.db.primary, sql`select id from task_runs`)
    const refused = await browser().post('/api/taskrun', body)

    expect(refused.body).toMatchObject({
      status: 'failed',
      status_code: status,
      exception_cls: exception,
    })
    expect(refused.status).toBe(status)
    expect(await selectRows(platform.ctx.db.primary, sql`select id from task_runs`)).toHaveLength(
      before.length,
    )
  })
})
