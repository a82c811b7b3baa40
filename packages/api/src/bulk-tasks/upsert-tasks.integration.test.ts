import type { ProjectRow } from '@manyhands/shared/projects/table'
import { type Anything, ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { counterDrift, countWaitingAnswers, NO_DRIFT } from '@manyhands/shared/testing/recount'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { MAX_IMPORT_BYTES: '400000', MAX_BODY_BYTES: '5000' } })
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

interface Sent {
  status: number
  rows: Anything[]
  summary: Anything
}

const send = async (
  body: string | unknown[],
  { query = '', type = 'application/x-ndjson', who = owner } = {},
): Promise<Sent> => {
  const text = typeof body === 'string' ? body : body.map((row) => JSON.stringify(row)).join('\n')
  const answer = await who.send('PUT', `/api/project/${project.id}/tasks${query}`, text, {
    'content-type': type,
  })
  if (answer.status !== 200) return { status: answer.status, rows: [], summary: answer.body }
  // A single line is parsed by the client already.
  const lines =
    typeof answer.body === 'string'
      ? answer.body
          .trim()
          .split('\n')
          .map((line: string) => JSON.parse(line))
      : [answer.body]
  return { status: 200, rows: lines.slice(0, -1), summary: lines.at(-1) }
}
const statuses = ({ rows }: Sent) => rows.map(({ status }) => status)
const tasks = async () => (await owner.get(`/api/task?project_id=${project.id}&limit=100`)).body

describe('rows with keys', () => {
  it('create tasks, change them, and change nothing when they are sent again', async () => {
    const rows = [
      { external_id: 'a', info: { url: 'a.jpg' }, n_answers: 2 },
      { external_id: 'b', info: { url: 'b.jpg' } },
    ]
    const first = await send(rows)
    expect(first.rows).toMatchObject([
      { line: 1, external_id: 'a', status: 'created', id: expect.any(Number) },
      { line: 2, external_id: 'b', status: 'created', id: expect.any(Number) },
    ])
    expect(first.summary).toMatchObject({ status: 'done', created: 2, errors: 0, next_line: 3 })
    expect(await tasks()).toMatchObject([
      { id: first.rows[0].id, info: { url: 'a.jpg' }, n_answers: 2 },
      { id: first.rows[1].id, info: { url: 'b.jpg' }, n_answers: 30 },
    ])
    const again = await send(rows)
    expect(statuses(again)).toEqual(['unchanged', 'unchanged'])
    const changed = await send([{ external_id: 'a', info: { url: 'c.jpg' } }, rows[1]])
    expect(statuses(changed)).toEqual(['updated', 'unchanged'])
    expect(changed.rows[0].id).toBe(first.rows[0].id)
    expect(await tasks()).toMatchObject([{ info: { url: 'c.jpg' }, n_answers: 2 }, {}])
    expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
  })

  it.each(['text', 5, null, [1, { a: 'é' }], {}, false])(
    'keep %j as info, and know it again',
    async (info) => {
      const row = { external_id: 'a', info }
      expect(statuses(await send([row]))).toEqual(['created'])
      expect((await tasks())[0].info).toEqual(info)
      expect(statuses(await send([row]))).toEqual(['unchanged'])
    },
  )

  it('change only what they name', async () => {
    await send([{ external_id: 'a', info: 1, n_answers: 4, priority_0: 0.5 }])
    expect(statuses(await send([{ external_id: 'a', priority_0: 0.7 }]))).toEqual(['updated'])
    expect(await tasks()).toMatchObject([{ info: 1, n_answers: 4, priority_0: 0.7 }])
  })

  it('complete and reopen tasks, and the counters follow', async () => {
    await send([{ external_id: 'a', info: 1, n_answers: 3 }])
    const [task] = await tasks()
    await stranger.get(`/api/project/${project.id}/newtask`)
    await stranger.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: 1 })
    while (await countWaitingAnswers(platform.ctx)) {}
    await send([{ external_id: 'a', n_answers: 1 }])
    expect((await tasks())[0].state).toBe('completed')
    expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
    await send([{ external_id: 'a', n_answers: 2 }])
    expect((await tasks())[0].state).toBe('ongoing')
    expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
  })

  it('may come twice in one body: the later one wins', async () => {
    const sent = await send([
      { external_id: 'a', info: 1 },
      { external_id: 'b', info: 1 },
      { external_id: 'a', info: 2 },
    ])
    expect(statuses(sent)).toEqual(['created', 'created', 'updated'])
    expect(await tasks()).toMatchObject([{ info: 2 }, { info: 1 }])
  })

  it('are of their own project only', async () => {
    await send([{ external_id: 'a', info: 1 }])
    const first = project
    project = await platform.make.project({ ownerId })
    expect(statuses(await send([{ external_id: 'a', info: 2 }]))).toEqual(['created'])
    project = first
    expect(await tasks()).toMatchObject([{ info: 1 }])
  })

  it('sent by two at once make each task once', async () => {
    const rows = Array.from({ length: 60 }, (_, n) => ({ external_id: `k${n}`, info: n }))
    const sent = await Promise.all([send(rows), send([...rows].reverse()), send(rows)])
    expect(sent.map(({ summary }) => summary.errors)).toEqual([0, 0, 0])
    expect(sent.reduce((sum, { summary }) => sum + summary.created, 0)).toBe(60)
    expect(await tasks()).toHaveLength(60)
    expect(await counterDrift(platform.ctx, project.id)).toEqual(NO_DRIFT)
  })
})

describe('a row that is wrong', () => {
  it.each([
    [{ info: 1 }, 'external_id', 'is missing'],
    [{ external_id: '', info: 1 }, 'external_id', 'is missing'],
    [{ external_id: 'x', colour: 'red' }, 'colour', 'is not a field'],
    [{ external_id: 'x', n_answers: 0 }, 'n_answers', ''],
    [{ external_id: 'x', n_answers: 'many' }, 'n_answers', ''],
    [{ external_id: { a: 1 } }, 'external_id', ''],
    [[1], '', 'must be a JSON object'],
    ['text', '', 'must be a JSON object'],
  ])('as %j is named, and the others are stored', async (row, field, message) => {
    const sent = await send([row, { external_id: 'good', info: 1 }])
    expect(statuses(sent)).toEqual(['error', 'created'])
    expect(sent.rows[0]).toMatchObject({ line: 1, id: null, issues: [{ field }] })
    expect(sent.rows[0].issues[0].message).toContain(message)
    expect(sent.summary).toMatchObject({ created: 1, errors: 1 })
    expect(await tasks()).toHaveLength(1)
  })

  it('is named by its line, empty lines and broken ones counted', async () => {
    const sent = await send('\n{"external_id":"a"}\n\n{broken\n{"external_id":"b"}')
    expect(sent.rows.map(({ line, status }) => [line, status])).toEqual([
      [2, 'created'],
      [4, 'error'],
      [5, 'created'],
    ])
    expect(sent.summary.next_line).toBe(6)
  })
})

describe('a dry run', () => {
  it('says what would happen, and stores nothing', async () => {
    await send([
      { external_id: 'a', info: 1 },
      { external_id: 'b', info: 1 },
    ])
    const before = await tasks()
    const rows = [
      { external_id: 'a', info: 2 },
      { external_id: 'b', info: 1 },
      { external_id: 'c', info: 1 },
      { info: 1 },
    ]
    const sent = await send(rows, { query: '?dry_run=true' })
    expect(statuses(sent)).toEqual(['updated', 'unchanged', 'created', 'error'])
    expect(sent.rows[2].id).toBeNull()
    expect(sent.summary.dry_run).toBe(true)
    expect(await tasks()).toEqual(before)
  })
})

it('goes on from a line', async () => {
  const rows = ['a', 'b', 'c'].map((external_id) => ({ external_id, info: 1 }))
  const sent = await send(rows, { query: '?from_line=2' })
  expect(sent.rows.map(({ line, external_id }) => [line, external_id])).toEqual([
    [2, 'b'],
    [3, 'c'],
  ])
})

describe('a CSV file', () => {
  it('becomes tasks whose info has its columns', async () => {
    const file = 'external_id,url,n_answers,priority_0\na,"x, y.jpg",3,0.5\nb,z.jpg,,\n'
    const sent = await send(file, { type: 'text/csv; charset=utf-8' })
    expect(sent.rows.map(({ line, status }) => [line, status])).toEqual([
      [2, 'created'],
      [3, 'created'],
    ])
    expect(await tasks()).toMatchObject([
      { info: { url: 'x, y.jpg' }, n_answers: 3, priority_0: 0.5 },
      { info: { url: 'z.jpg' }, n_answers: 30, priority_0: 0 },
    ])
    expect(statuses(await send(file, { type: 'text/csv' }))).toEqual(['unchanged', 'unchanged'])
  })

  it('of priorities alone leaves the rest of the tasks as it is', async () => {
    await send([{ external_id: 'a', info: { url: 'x' } }])
    await send('external_id,priority_0\na,0.9\n', { type: 'text/csv' })
    expect(await tasks()).toMatchObject([{ info: { url: 'x' }, priority_0: 0.9 }])
  })

  it('without keys is refused row by row', async () => {
    const sent = await send('url\nx.jpg\n', { type: 'text/csv' })
    expect(statuses(sent)).toEqual(['error'])
    expect(await tasks()).toEqual([])
  })
})

describe('a body', () => {
  it('may be larger than others, and not larger than an import', async () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, n) => ({ external_id: `k${n}`, info: 'x'.repeat(80) }))
    expect((await send(rows(2_500))).summary.created).toBe(2_500)
    const { status } = await send(rows(6_000))
    expect(status).toBe(413)
  })

  it('is refused before it is read to whoever may not', async () => {
    expect((await send([{ external_id: 'a' }], { who: stranger })).status).toBe(403)
    expect((await send([{ external_id: 'a' }], { who: client() })).status).toBe(401)
    project = { ...project, id: 999_999 }
    expect((await send([{ external_id: 'a' }])).status).toBe(404)
  })

  it.each([
    ['?dry_run=perhaps', 'application/x-ndjson'],
    ['?from_line=0', 'application/x-ndjson'],
    ['', 'image/png'],
  ])('is refused with %j as %s', async (query, type) => {
    expect((await send([{ external_id: 'a' }], { query, type })).status).toBe(415)
  })

  it('may be empty', async () => {
    expect((await send('')).summary).toMatchObject({ status: 'done', created: 0 })
  })
})
