import { resultList } from '@manyhands/shared/results/list-shape'
import { taskRunList } from '@manyhands/shared/task-runs/list-shape'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { type CapturedQuery, captureQueries } from '@manyhands/shared/testing/capture-queries'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { hashApiKey } from '@manyhands/shared/users/api-key'
import { externalVolunteer } from '@manyhands/shared/volunteers/identity'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { listVariants, type Variant } from './list-variants.ts'
import { type Measured, measurePlan } from './measure-plan.ts'

/** Rows that one statement may look at, and sort: of ten million answers. Most look at some hundreds. A
 *  list over all 1,500 projects in another order than by id merges their lists, and each of them gives as
 *  many rows as the page has and has before it; a walk ends after 100,000 rows of a project. */
const MAX_VISITED = 500_000
const MAX_SORTED = 500_000
/** Of the answers of a month the ids are sorted, wherever they are: they come from the index alone. */
const MAX_SORTED_OF_A_TIME = 1_000_000

const platform = useTestPlatform({
  env: { DATABASE_URL: process.env.PLANS_DATABASE_URL ?? '', RATE_LIMIT: '1000000' },
})
const layout = JSON.parse(process.env.PLANS_LAYOUT ?? '{}') as Record<string, number>
const clients = {} as Record<Variant['who'] | 'busy', ApiClient>
let take: () => CapturedQuery[]
const seen: Array<Measured & { path: string; who: string }> = []

beforeAll(async () => {
  const { ctx } = platform
  const app = createApp(ctx)
  const keyOf = async (id: number | undefined) => {
    const key = `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`
    const hash = Buffer.from(hashApiKey(key)).toString('hex')
    await ctx.db.primary.execute(
      sql`update users set api_key_hash = decode(${hash}, 'hex') where id = ${id}`,
    )
    return new ApiClient(app.request, { authorization: key })
  }
  clients.anonymous = new ApiClient(app.request)
  clients.largestOwner = await keyOf(layout.largestOwner)
  clients.manyOwner = await keyOf(layout.manyOwner)
  clients.admin = await keyOf(layout.admin)
  clients.busy = await keyOf(layout.busyVolunteer)
  take = captureQueries(ctx.db.primary)
})

afterAll(() => {
  const slowest = seen.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 15)
  const lines = slowest.map(
    ({ who, path, milliseconds, visited, sorted }) =>
      `  ${milliseconds.toFixed(1).padStart(8)} ms ${String(visited).padStart(7)} visited ${String(sorted).padStart(6)} sorted  ${who} ${path}`,
  )
  process.stdout.write(`\nThe slowest of ${seen.length} statements:\n${lines.join('\n')}\n`)
})

/** Asks, and returns what is wrong with how the answer was found. */
async function faultsOf({
  who,
  path,
  refused,
}: Variant | (Omit<Variant, 'who'> & { who: 'busy' })): Promise<string[]> {
  take()
  const { status, body } = await clients[who].get(path)
  const queries = take().filter(
    ({ text }) =>
      /"?(tasks|task_runs|results|projects)"?/.test(text) && /^\s*(select|with)/i.test(text),
  )
  const faults =
    status === 200 || (refused && status === 415)
      ? []
      : [`${who} ${path}: ${status} ${body.exception_msg ?? ''}`]
  for (const query of queries) {
    const measured = await measurePlan(platform.ctx.db.primarySql, query)
    seen.push({ ...measured, path, who })
    const problems = [
      ...measured.wholeTables.map((table) => `reads all ${table}`),
      ...(measured.visited > MAX_VISITED ? [`visits ${measured.visited}`] : []),
      ...(measured.sorted > (/created=|finish_time=/.test(path) ? MAX_SORTED_OF_A_TIME : MAX_SORTED)
        ? [`sorts ${measured.sorted}`]
        : []),
    ]
    if (problems.length > 0)
      faults.push(`${who} ${path}: ${problems.join(', ')} (${measured.milliseconds.toFixed(0)} ms)`)
  }
  return faults
}

async function allFaults(variants: Variant[]): Promise<string[]> {
  const faults: string[] = []
  for (const variant of variants) faults.push(...(await faultsOf(variant)))
  return faults
}

const TIMES = ['2025', '2026-02', '2026-02-03', '2025-10-01T00:0', '1999']
const busy = String(layout.busyVolunteer)

describe('finds through an index every list of', () => {
  it('tasks', async () => {
    const variants = listVariants('task', taskList, {
      id: ['1000', '100000000'],
      created: TIMES,
      state: ['ongoing', 'completed', 'none'],
      quorum: ['0', '5', '7'],
      calibration: ['0', '1', '7'],
      priority_0: ['0', '0.8', '77'],
      n_answers: ['10', '30', '7'],
      info: ['kind::owl', 'text::a rare sight', 'kind::none', '{"n": 77}', '"5"', 'text'],
    })
    expect(await allFaults(variants)).toEqual([])
  })

  it('task runs', async () => {
    const outside = externalVolunteer('phone17').externalUid ?? ''
    const variants = listVariants('taskrun', taskRunList, {
      id: ['1000', '100000000'],
      created: TIMES,
      task_id: ['70000', '100000000'],
      user_id: [busy, '17', '100000000'],
      user_ip: ['address17', 'none'],
      finish_time: TIMES,
      timeout: ['60', '7'],
      calibration: ['1'],
      external_uid: [outside, 'none'],
      media_url: ['/uploads/5002', 'none'],
      info: ['label::owl', 'label::unicorn', '{"x": 77}'],
    })
    expect(await allFaults(variants)).toEqual([])
  })

  it('results', async () => {
    const variants = listVariants('result', resultList, {
      id: ['1000', '100000000'],
      created: TIMES,
      task_id: ['70000', '100000000'],
      task_run_ids: ['{70000,1070000}', '{}', '{100000000}'],
      last_version: ['true', 'false'],
      info: ['label::owl', 'label::none', '{"n": 99}'],
    })
    expect(await allFaults(variants)).toEqual([])
  })
})

it('finds words in tasks through an index, and refuses to walk through millions of answers', async () => {
  const search = (endpoint: string, scope: string, words: string, refused = false): Variant => ({
    who: 'anonymous',
    path: `/api/${endpoint}?${scope}&fulltextsearch=1&info=${encodeURIComponent(words)}`,
    refused,
  })
  const variants = ['project_id=1', 'project_id=12', 'all=1'].flatMap((scope) => [
    search('task', scope, 'text::sights'),
    search('task', scope, 'text::plots & 55'),
    search('task', scope, 'kind::owls'),
    search('task', scope, 'kind::unicorn'),
    search('taskrun', scope, 'label::unicorn', scope !== 'project_id=12'),
  ])
  expect(await allFaults(variants)).toEqual([])
})

it('leaves out what the caller has answered without counting it', async () => {
  const path = `/api/task?project_id=1&participated=1&limit=100`
  expect(await faultsOf({ who: 'busy', path, refused: false })).toEqual([])
  expect(await faultsOf({ who: 'busy', path: '/api/task?participated=1', refused: false })).toEqual(
    [],
  )
})

it.each([
  ['default', 1],
  ['breadth_first', 2],
  ['depth_first_all', 3],
])('gives out tasks by the strategy %s', async (_, project) => {
  for (const who of ['anonymous', 'busy'] as const) {
    for (const query of [
      '',
      '?limit=100',
      '?orderby=created',
      '?orderby=priority_0&desc=true',
      '?offset=3',
    ]) {
      const variant = { who, path: `/api/project/${project}/newtask${query}`, refused: false }
      expect(await faultsOf(variant as Variant)).toEqual([])
    }
  }
})
