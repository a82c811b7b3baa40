import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
const clients = {} as Record<'owner' | 'other' | 'admin' | 'anonymous', ApiClient>
let project: ProjectRow
let others: ProjectRow
let draft: ProjectRow
let ids: number[]
let ownerId: number

/** Seven tasks of one project; the second and third are answered, the third completed with a result. */
const INFOS = [
  { label: 'owl', n: 1, text: 'A fox, a fox and another fox' },
  { label: 'lynx', n: 95, nested: { deep: ['apple', 'b'] } },
  { label: 'owl', n: 9.5, text: 'The quick brown foxes jumped' },
  'plain',
  95,
  true,
  null,
]

beforeAll(async () => {
  const { make, ctx } = platform
  const app = createApp(ctx)
  const people = {
    owner: await make.user(),
    other: await make.user(),
    admin: await make.user({ admin: true }),
  }
  ownerId = people.owner.user.id
  for (const name of ['owner', 'other', 'admin'] as const)
    clients[name] = new ApiClient(app.request, { authorization: people[name].apiKey })
  clients.anonymous = new ApiClient(app.request)
  project = await make.project({
    ownerId,
    info: { sched: 'default', results: 'secret words', task_presenter: '<p>public words</p>' },
  })
  others = await make.project({ ownerId: people.other.user.id })
  draft = await make.project({ ownerId, published: false })
  const rows = await make.tasks(INFOS.length, { project, redundancy: 2 })
  ids = rows.map((row) => row.id)
  for (const [at, info] of INFOS.entries()) {
    await ctx.db.primary.execute(
      sql`update tasks set info = ${JSON.stringify(info)}::jsonb, created = ${`2015-0${at + 1}-03T10:11:12.5Z`}::timestamptz where id = ${ids[at]}`,
    )
  }
  await make.tasks(2, { project: others })
  await make.tasks(2, { project: draft })
  await ctx.db.primary.execute(sql`
    insert into task_runs (project_id, task_id, user_id, external_uid, finish_time, info, volunteer_key, answer_hash, timeout)
    select ${project.id}, t.id, v.user_id, v.uid, clock_timestamp(), '{"label": "owl"}', v.key, 'x', v.timeout
    from tasks t, (values (${people.other.user.id}::int, null, 'account:' || ${people.other.user.id}::int, null::int),
      (null, 'phone', 'external:phone', 7)) v (user_id, uid, key, timeout)
    where t.id = ${ids[2]} or (t.id = ${ids[1]} and v.uid is null)`)
  await ctx.db.primary.execute(
    sql`update tasks set state = 'completed', n_task_runs = 2 where id = ${ids[2]}`,
  )
  await ctx.db.primary.execute(sql`
    insert into results (project_id, task_id, task_run_ids, last_version, info)
    select ${project.id}, ${ids[2]}, array_agg(id order by id), v.last, v.info from task_runs,
      (values (false, '{"old": 1}'::jsonb), (true, '{"answer": "owl"}')) v (last, info)
    where task_id = ${ids[2]} group by v.last, v.info`)
})

async function list(path: string, who: keyof typeof clients = 'anonymous') {
  const { status, body } = await clients[who].get(path)
  expect([path, status, status === 200 ? '' : body.exception_msg]).toEqual([path, 200, ''])
  return body
}
async function refusal(path: string, who: keyof typeof clients = 'anonymous') {
  const { status, body } = await clients[who].get(path)
  return `${status} ${body.exception_cls}`
}
const at = (rows: Array<{ id: number }>) => rows.map((row) => ids.indexOf(row.id))
const inProject = (query: string) => `/api/task?project_id=${project.id}&${query}`
const info = (value: string) => inProject(`info=${encodeURIComponent(value)}`)

describe('info', () => {
  it.each([
    ['label::owl', [0, 2]],
    ['label::owl|n::1', [0]],
    ['|label::owl|', [0, 2]],
    ['n::95', [1]],
    ['n::9.5', [2]],
    ['nested::{"deep": ["apple", "b"]}', [1]],
    ['{"nested": {"deep": ["b"]}}', [1]],
    ['{"n": 95}', [1]],
    ['plain', [3]],
    ['9.5', []],
    ['"95"', [4]],
    ['true', [5]],
    ['false', []],
    ['null', []],
    ['[]', []],
  ])('=%s finds %j', async (value, expected) => {
    expect(at(await list(info(value)))).toEqual(expected)
  })

  it.each([
    ['a::b::c', '415 ValueError'],
    ['loose|a::b', '415 ValueError'],
    ['"foo"', '415 DataError'],
    ['"\\u0000"', '415 DataError'],
  ])('=%s is refused', async (value, expected) => {
    expect(await refusal(info(value))).toBe(expected)
  })
})

describe('full text', () => {
  const search = (value: string, more = '') => `${info(value)}&fulltextsearch=1${more}`

  it('finds words in every form, the best first, with rank and headline', async () => {
    const found = await list(search('text::fox'))
    expect(at(found)).toEqual([2, 0])
    expect(found[0].headline).toContain('<b>foxes</b>')
    expect(found[0].rank).toBeGreaterThan(found[1].rank)
  })

  it.each([
    ['text::fox&jump', [2]],
    ['text::fox jumping', [2]],
    ['text::fox & !jump', [0]],
    ['text::!jump', [0]],
    ['text::qui:*', [2]],
    ['text::fox|label::lynx', []],
    ['text::fox|label::owl', [2, 0]],
    ['nested::apples', [1]],
    ['text::the', []],
    ['nothing::fox', []],
  ])('takes %s', async (value, expected) => {
    expect(at(await list(search(value)))).toEqual(expected)
  })

  it.each(['text::a & & b', 'text::(', 'text::fox &', "text::'open", 'text', 'a::b::c'])(
    'refuses %s',
    async (value) => {
      expect(await refusal(search(value))).toBe('415 ValueError')
    },
  )

  it('pages, and does nothing without info', async () => {
    expect(at(await list(search('text::fox', '&limit=1&offset=1')))).toEqual([0])
    expect(await list(inProject('fulltextsearch=1'))).toHaveLength(7)
  })

  it('finds nothing in what the caller may not see of a project', async () => {
    const path = (value: string) =>
      `/api/project?all=1&fulltextsearch=1&info=${encodeURIComponent(value)}`
    expect(await list(path('results::secret'))).toEqual([])
    expect(await list(path('results::secret'), 'other')).toEqual([])
    expect((await list(path('results::secret'), 'owner'))[0].headline).toContain('<b>secret</b>')
    expect(await list(path('results::secret'), 'admin')).toHaveLength(1)
    expect((await list(path('task_presenter::words')))[0].headline).toContain('<b>words</b>')
    expect(
      await list(`/api/project?all=1&info=results::${encodeURIComponent('secret words')}`),
    ).toEqual([])
    expect(await list('/api/project?all=1&info={"results":"secret words"}')).toEqual([])
    expect(await list('/api/project?all=1&info={"results":"secret words"}', 'owner')).toHaveLength(
      1,
    )
  })
})

describe('related', () => {
  it('embeds raw runs and the current result in tasks', async () => {
    const [, second, third] = await list(inProject('related=1'))
    expect(second).toMatchObject({ task_runs: [{ task_id: ids[1] }], result: null })
    expect(third.task_runs).toHaveLength(2)
    expect(third.task_runs[0]).not.toHaveProperty('link')
    expect(third.result).toMatchObject({ info: { answer: 'owl' }, last_version: true })
  })

  it('embeds task and result in task runs, runs and task in results', async () => {
    const [run] = await list(`/api/taskrun?task_id=${ids[2]}&related=yes`)
    expect(run).toMatchObject({ task: { id: ids[2] }, result: { info: { answer: 'owl' } } })
    const [result] = await list(`/api/result?project_id=${project.id}&related=1`)
    expect(result).toMatchObject({ task: { id: ids[2] }, task_runs: [{}, {}] })
  })

  it('is honoured by id, where unknown names are ignored', async () => {
    expect(await list(`/api/task/${ids[2]}?related=1&foo=1&_=2`)).toMatchObject({
      task_runs: [{}, {}],
    })
    expect(await list(`/api/task/${ids[2]}?related=`)).not.toHaveProperty('task_runs')
    const [run] = await list(`/api/taskrun?task_id=${ids[2]}`)
    expect(await list(`/api/taskrun/${run.id}?related=1`)).toMatchObject({ task: { id: ids[2] } })
    const [result] = await list(`/api/result?task_id=${ids[2]}`)
    expect(await list(`/api/result/${result.id}?related=1`)).toMatchObject({ task: { id: ids[2] } })
    expect(await list(`/api/project/${project.id}?stats=1`)).toMatchObject({
      stats: { project_id: project.id },
    })
    expect(await list(`/api/project/${project.id}`)).not.toHaveProperty('stats')
  })
})

describe('participated', () => {
  it('leaves out what the account has answered, and lifts the own-data scope', async () => {
    expect(at(await list(inProject('participated=1'), 'other'))).toEqual([0, 3, 4, 5, 6])
    expect(at(await list(inProject('participated=1&limit=2&offset=1'), 'other'))).toEqual([3, 4])
  })

  it('goes by the name of an outside user', async () => {
    expect(at(await list(inProject('participated=1&external_uid=phone')))).toEqual([
      0, 1, 3, 4, 5, 6,
    ])
    expect(await list(inProject('participated=1'))).toHaveLength(7)
    expect(await refusal(inProject('external_uid=phone'))).toBe('415 AttributeError')
  })
})

describe('the own-data scope', () => {
  it('is of the projects that the caller owns, unless all=1', async () => {
    expect(await list('/api/task?limit=100', 'owner')).toHaveLength(9)
    expect(await list('/api/task?limit=100', 'other')).toHaveLength(2)
    expect(await list('/api/task?limit=100&all=0', 'other')).toHaveLength(2)
    expect(await list('/api/task?limit=100&all=1', 'other')).toHaveLength(9)
    expect(await list('/api/task?limit=100', 'admin')).toHaveLength(0)
    expect(await list('/api/task?limit=100&all=1', 'admin')).toHaveLength(11)
    expect(await list('/api/task?limit=100')).toHaveLength(9)
  })

  it('settles owner_id on projects', async () => {
    const short = (rows: Array<{ id: number }>) => rows.map((row) => row.id)
    expect(short(await list(`/api/project?owner_id=${ownerId}`))).toEqual([project.id])
    expect(short(await list(`/api/project?owner_id=${ownerId}&all=1`))).toEqual([
      project.id,
      others.id,
    ])
    expect(short(await list(`/api/project?owner_id=${ownerId}`, 'other'))).toEqual([others.id])
    expect(short(await list('/api/project', 'owner'))).toEqual([project.id, draft.id])
  })
})

describe('filters and pages', () => {
  it.each([
    ['state=completed', [2]],
    ['created=2015', [0, 1, 2, 3, 4, 5, 6]],
    ['created=2015-03', [2]],
    ['created=2015-05-0', [4]],
    ['n_answers=2&limit=2&offset=5', [5, 6]],
    ['quorum=0&limit=1', [0]],
    ['quorum=3', []],
    ['priority_0=0&limit=1', [0]],
    ['fav_user_ids=anything&limit=1', [0]],
    ['desc=true&limit=2', [6, 5]],
    ['orderby=created&desc=1&limit=2', [6, 5]],
    ['orderby=state&desc=yes&limit=2', [0, 1]],
    ['orderby=state&limit=2', [2, 0]],
    ['limit=0', []],
  ])('%s finds %j', async (query, expected) => {
    expect(at(await list(inProject(query)))).toEqual(expected)
  })

  it('takes several projects, and the first of a repeated name', async () => {
    const both = await list(`/api/task?project_id=[${others.id},${project.id}]&limit=100`)
    expect(both).toHaveLength(9)
    expect(await list(`/api/task?project_id=${others.id}&project_id=${project.id}`)).toHaveLength(2)
  })

  it('shows the current results, and with last_version=false only the old ones', async () => {
    const infos = async (query: string) =>
      (await list(`/api/result?project_id=${project.id}&${query}`)).map(
        (row: { info: unknown }) => row.info,
      )
    expect(await infos('')).toEqual([{ answer: 'owl' }])
    expect(await infos('last_version=false')).toEqual([{ old: 1 }])
    expect(await infos('info=answer::owl')).toEqual([{ answer: 'owl' }])
  })

  it('finds arrays by their literal', async () => {
    const [{ task_run_ids }] = await list(`/api/result?project_id=${project.id}`)
    expect(await list(`/api/result?task_run_ids={${task_run_ids.join(', ')}}`)).toHaveLength(1)
    expect(await list('/api/result?task_run_ids={}')).toEqual([])
    expect(await list(`/api/project?all=1&owners_ids={${ownerId}}`)).toHaveLength(1)
    expect(await refusal('/api/result?task_run_ids=1,2')).toBe('415 DataError')
  })

  it('finds task runs by each of their fields', async () => {
    const runs = (query: string) => list(`/api/taskrun?project_id=${project.id}&${query}`)
    expect(await runs('external_uid=phone')).toHaveLength(1)
    expect(await runs('timeout=7')).toHaveLength(1)
    expect(await runs('info=label::owl')).toHaveLength(3)
    expect(await runs('info=label::lynx')).toEqual([])
    expect(await runs('fulltextsearch=1&info=label::owls')).toHaveLength(3)
    expect((await runs('orderby=timeout'))[0].external_uid).toBe('phone')
    expect((await runs('orderby=timeout&desc=1')).at(-1).external_uid).toBe('phone')
  })

  it.each([
    ['/api/task?foo=1', '415 AttributeError'],
    ['/api/task?callback=f', '415 AttributeError'],
    ['/api/task?format=json', '415 AttributeError'],
    ['/api/task?constructor=1', '415 AttributeError'],
    ['/api/task?orderby=foo', '415 AttributeError'],
    ['/api/task?id=99999999999', '415 DataError'],
    ['/api/task?id=', '415 DataError'],
    ['/api/task?created=2015-02-30', '415 DataError'],
    ['/api/task?limit=-1', '415 DataError'],
    ['/api/task?offset=-1', '415 DataError'],
    ['/api/task?last_id=five', '415 DataError'],
    ['/api/task?desc=maybe', '415 ValueError'],
    ['/api/task?state=%00', '415 DataError'],
    ['/api/project?webhook=x', '415 AttributeError'],
    ['/api/project?orderby=contacted', '415 AttributeError'],
    ['/api/project?secret_key=x', '415 AttributeError'],
  ])('%s is answered %s', async (path, expected) => {
    expect(await refusal(path)).toBe(expected)
  })

  it('tolerates the cache buster of jQuery', async () => {
    expect(await list(inProject('_=123&limit=1'))).toHaveLength(1)
    const { body } = await clients.anonymous.get('/api/task?foo=1')
    expect(body.exception_msg).toBe("type object 'Task' has no attribute 'foo'")
  })
})
