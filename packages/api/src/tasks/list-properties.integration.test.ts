import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { RATE_LIMIT: '10000000' } })
let client: ApiClient
let projects: ProjectRow[]
let all: Array<Record<string, number & string>>

beforeAll(async () => {
  const { make, ctx } = platform
  client = new ApiClient(createApp(ctx).request)
  projects = [await make.project(), await make.project(), await make.project()]
  for (const project of projects) await make.tasks(15, { project, redundancy: 2 })
  await ctx.db.primary.execute(sql`update tasks set quorum = id % 3, calibration = id % 2, priority_0 = id % 4,
    n_answers = 2 + id % 3, fav_user_ids = case when id % 5 = 0 then array[1, 2] end,
    state = case when id % 2 = 0 then 'completed' else 'ongoing' end, n_task_runs = case when id % 2 = 0 then 9 else 0 end`)
  all = (await client.get('/api/task?limit=100')).body
})

const NAMES = [
  'limit',
  'offset',
  'last_id',
  'orderby',
  'desc',
  'all',
  'fulltextsearch',
  'related',
  'stats',
]
const FIELDS = [
  'full participated external_uid id created project_id state quorum calibration priority_0 info n_answers',
  'fav_user_ids task_id user_id user_ip finish_time timeout media_url task_run_ids last_version owners_ids',
  'name short_name owner_id category_id featured published updated callback __proto__ toString',
].flatMap((names) => names.split(' '))
const name = fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...NAMES, ...FIELDS) }, fc.string())
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.integer().map(String),
  fc.double().map(String),
  fc.json(),
  fc.constantFrom(
    '1',
    'true',
    'null',
    '{1,2}',
    '{}',
    '[1,2]',
    '2015-0',
    'a::b',
    'a::b & c',
    'a::(',
    '::',
    '"9"',
    ...FIELDS,
  ),
)
const ENDPOINTS = [
  'task',
  'taskrun',
  'result',
  'project',
  'category',
  'page',
  'blogpost',
  'helpingmaterial',
]

it('answers whatever is asked with a list or a refusal of the contract', async () => {
  const request = fc.tuple(
    fc.constantFrom(...ENDPOINTS),
    fc.array(fc.tuple(name, value), { maxLength: 3 }),
  )
  await fc.assert(
    fc.asyncProperty(request, async ([endpoint, args]) => {
      const { status, body } = await client.get(`/api/${endpoint}?${new URLSearchParams(args)}`)
      if (status === 200) expect(Array.isArray(body)).toBe(true)
      else expect([status, body.status]).toEqual([415, 'failed'])
    }),
    { numRuns: 2_000 },
  )
})

const SORTABLE = [
  'id',
  'created',
  'project_id',
  'state',
  'quorum',
  'calibration',
  'priority_0',
  'n_answers',
  'fav_user_ids',
]
const query = fc.record({
  filters: fc.record(
    {
      state: fc.constantFrom('ongoing', 'completed'),
      quorum: fc.integer({ min: 0, max: 3 }),
      calibration: fc.integer({ min: 0, max: 1 }),
      priority_0: fc.integer({ min: 0, max: 4 }),
      n_answers: fc.integer({ min: 2, max: 5 }),
    },
    { requiredKeys: [] },
  ),
  inProjects: fc.subarray([0, 1, 2]),
  orderby: fc.constantFrom(...SORTABLE),
  desc: fc.boolean(),
  limit: fc.integer({ min: 1, max: 9 }),
})

it('finds and orders what a plain model does, and its pages neither repeat nor skip', async () => {
  await fc.assert(
    fc.asyncProperty(query, async ({ filters, inProjects, orderby, desc, limit }) => {
      const ids = inProjects.map((at) => projects[at]?.id)
      const key = (row: (typeof all)[number]) =>
        orderby === 'fav_user_ids'
          ? ((row.fav_user_ids as unknown as number[] | null)?.length ?? 0)
          : (row[orderby] ?? 0)
      const compare = (a: (typeof all)[number], b: (typeof all)[number]) => {
        const [left, right] = [key(a), key(b)]
        const order = left < right ? -1 : left > right ? 1 : 0
        return (desc ? -order : order) || Number(a.id) - Number(b.id)
      }
      const expected = all
        .filter((row) => ids.length === 0 || ids.includes(row.project_id))
        .filter((row) => Object.entries(filters).every(([field, wanted]) => row[field] === wanted))
        .sort(compare)
        .map((row) => row.id)
      const args = new URLSearchParams({
        ...Object.fromEntries(
          Object.entries(filters).map(([field, wanted]) => [field, String(wanted)]),
        ),
        ...(ids.length > 0 && { project_id: ids.join(',') }),
        limit: String(limit),
      })
      const pages = async (next: (seen: number[]) => string) => {
        const seen: number[] = []
        for (;;) {
          const { body } = await client.get(`/api/task?${args}&${next(seen)}`)
          seen.push(...body.map((row: { id: number }) => row.id))
          if (body.length < limit) return seen
        }
      }
      expect(
        await pages((seen) => `orderby=${orderby}&desc=${desc}&offset=${seen.length}`),
      ).toEqual(expected)
      expect(await pages((seen) => `last_id=${seen.at(-1) ?? 0}`)).toEqual(
        [...expected].sort((a, b) => Number(a) - Number(b)),
      )
    }),
    { numRuns: 80 },
  )
}, 120_000)
