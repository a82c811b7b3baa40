import { selectRows } from '@manyhands/shared/db/raw'
import {
  type ApiDocument,
  type FuzzRequest,
  requestsTo,
} from '@manyhands/shared/testing/fuzz/requests'
import type { Pool } from '@manyhands/shared/testing/fuzz/values'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

/** The same requests each time: `npm run fuzz` is for new ones. */
const SEED = 20_261_124
const TRIES = 6

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
let app: ReturnType<typeof createApp>
let document: ApiDocument
beforeAll(async () => {
  app = createApp(platform.ctx)
  document = JSON.parse(await (await app.request('/api/openapi.json')).text())
})

type Role = 'anonymous' | 'owner' | 'admin'

it('refuses whatever does not fit, stores nothing of it, and never fails', {
  timeout: 240_000,
}, async () => {
  const world = new World()
  const faults: string[] = []
  let sent = 0
  // What takes away comes last, or there is nothing left for the others.
  const order = ['get', 'post', 'put', 'patch', 'delete']
  const operations = Object.entries(document.paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ path, method })))
    .sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method))

  for (const { path, method } of operations) {
    const pool = await world.prepare()
    const property = fc.asyncProperty(
      requestsTo(document, path, method, pool),
      fc.constantFrom<Role>('anonymous', 'owner', 'admin'),
      async (request, role) => {
        sent++
        const before = method === 'get' ? '' : await world.fingerprint()
        const { status, body } = await send(request, world.keys[role])
        const isPublic = document.paths[path]?.[method]?.security?.some(
          (way) => Object.keys(way).length === 0,
        )
        if (status >= 500) throw new Error(`failed with ${status}: ${body}`)
        if (role === 'anonymous' && status < 400 && !isPublic)
          throw new Error(`served ${status} to somebody without account`)
        if (status >= 400 && method !== 'get' && (await world.fingerprint()) !== before)
          throw new Error(`refused with ${status} and stored something: ${body}`)
      },
    )
    const outcome = await fc.check(property, { seed: SEED, numRuns: TRIES, endOnFailure: true })
    if (outcome.failed)
      faults.push(
        `${method.toUpperCase()} ${path}: ${String(outcome.errorInstance)}\n    ${JSON.stringify(outcome.counterexample)}`,
      )
  }
  expect(faults.join('\n')).toBe('')
  expect(sent).toBeGreaterThanOrEqual(operations.length * TRIES)
})

async function send({ method, path, headers, body }: FuzzRequest, key: string | undefined) {
  const response = await app.request(path, {
    method,
    headers: { ...headers, ...(key && { authorization: key }) },
    ...(body !== undefined && { body }),
  })
  if (!response.headers.get('content-type')?.startsWith('application/json')) {
    // Not waited for: a copy of it is looked at elsewhere, and only both end the stream.
    void response.body?.cancel()
    return { status: response.status, body: '' }
  }
  return { status: response.status, body: await response.text() }
}

/** Accounts and objects to ask for, made anew when a request has taken them away. */
class World {
  readonly keys: Record<Role, string | undefined> = {
    anonymous: undefined,
    owner: undefined,
    admin: undefined,
  }

  async prepare(): Promise<Pool> {
    if (!(await this.#isWhole())) await this.#populate()
    const rows = await Promise.all(
      Object.entries(TABLES).map(([table, names]) =>
        selectRows<{ id: number }>(
          platform.ctx.db.primary,
          sql`select id from ${sql.identifier(table)} order by id desc limit 5`,
        ).then((found) => names.map((name) => [name, found.map(({ id }) => id)] as const)),
      ),
    )
    const projects = await selectRows<{ short_name: string }>(
      platform.ctx.db.primary,
      sql`select short_name from projects where trashed is null order by id desc limit 5`,
    )
    const shortNames = projects.map(({ short_name }) => short_name)
    return { ...Object.fromEntries(rows.flat()), shortName: shortNames }
  }

  /** Changes with every row that is written, changed or deleted. */
  async fingerprint(): Promise<string> {
    const tables = await selectRows<{ name: string }>(
      platform.ctx.db.primary,
      sql`select table_name as name from information_schema.tables
          where table_schema = 'public' and table_type = 'BASE TABLE'`,
    )
    const counts = tables.map(
      ({ name }) =>
        sql`select ${name} as name, count(*)::text || ' ' || coalesce(max(xmin::text::bigint), 0)::text as state from ${sql.identifier(name)}`,
    )
    const states = await selectRows<{ name: string; state: string }>(
      platform.ctx.db.primary,
      sql`${sql.join(counts, sql` union all `)} order by 1`,
    )
    return JSON.stringify(states)
  }

  async #isWhole(): Promise<boolean> {
    const [owner, admin] = await Promise.all(
      [this.keys.owner, this.keys.admin].map(async (key) => {
        if (!key) return null
        const response = await app.request('/api/session', { headers: { authorization: key } })
        return JSON.parse(await response.text()).user
      }),
    )
    if (!owner || !admin?.admin) return false
    const [{ count } = { count: 0 }] = await selectRows<{ count: number }>(
      platform.ctx.db.primary,
      sql`select count(*)::int as count from projects where owner_id = ${owner.id}`,
    )
    return count > 1
  }

  async #populate(): Promise<void> {
    const { user, apiKey } = await platform.make.user()
    this.keys.owner = apiKey
    this.keys.admin = (await platform.make.user({ admin: true })).apiKey
    for (const published of [true, false]) {
      const project = await platform.make.project({ ownerId: user.id, published })
      const [task] = await platform.make.tasks(3, { project, redundancy: 1 })
      await this.#answer(project.id, task?.id ?? 0)
    }
  }

  async #answer(project_id: number, task_id: number): Promise<void> {
    const headers = { authorization: this.keys.owner ?? '' }
    await app.request(`/api/project/${project_id}/task/${task_id}/request`, {
      method: 'POST',
      headers,
    })
    await app.request('/api/taskrun', {
      method: 'POST',
      headers,
      body: JSON.stringify({ project_id, task_id, info: { answer: 'owl' } }),
    })
  }
}

/** Ids to choose from, under the names that paths and bodies call them by. */
const TABLES: Record<string, string[]> = {
  projects: ['project', 'project_id'],
  tasks: ['task', 'task_id', 'taskId'],
  task_runs: ['taskrun', 'task_run_id'],
  results: ['result'],
  categories: ['category', 'category_id'],
  users: ['user', 'user_id', 'owner_id', 'userId'],
  blogposts: ['blogpost'],
  announcements: ['announcement'],
  helping_materials: ['helpingmaterial'],
  pages: ['page'],
}
