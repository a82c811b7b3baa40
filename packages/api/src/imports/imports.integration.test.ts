import { selectRows } from '@manyhands/shared/db/raw'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { MAX_IMPORT_BYTES: '20000' } })
let owner: ApiClient
let stranger: ApiClient
let path: string
let projectId: number
beforeAll(async () => {
  const app = createApp(platform.ctx)
  const { user, apiKey } = await platform.make.user()
  const project = await platform.make.project({ ownerId: user.id })
  projectId = project.id
  path = `/api/projects/${project.shortName}/imports`
  owner = new ApiClient((request) => app.fetch(request), {
    authorization: apiKey,
    'content-type': 'text/csv',
  })
  stranger = new ApiClient((request) => app.fetch(request), { 'content-type': 'text/csv' })
})
const stored = async () =>
  (
    await selectRows(
      platform.ctx.db.primary,
      sql`select id from tasks where project_id = ${projectId}`,
    )
  ).length

const GOOD =
  'url,n_answers,priority_0,external_id\nhttp://a/1.jpg,2,0.5,one\nhttp://a/2.jpg,,,two\n'

describe('an import', () => {
  it('shows what it would do and stores nothing', async () => {
    const { status, body } = await owner.post(`${path}?dry_run=true`, GOOD)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      columns: ['url', 'n_answers', 'priority_0', 'external_id'],
      n_rows: 2,
      n_errors: 0,
    })
    expect(await stored()).toBe(0)
  })

  it('stores nothing of a file with a bad row, and says where it is', async () => {
    const { status, body } = await owner.post(
      path,
      'url,n_answers\nhttp://a/1.jpg,2\nhttp://a/2.jpg,many\n',
    )
    expect(status).toBe(415)
    expect(body.issues).toEqual([
      { field: 'line 3, n_answers', message: 'must be a whole number from 1 to 10000' },
    ])
    expect(await stored()).toBe(0)
  })

  it('stores the rows once, however often the file is sent', async () => {
    expect((await owner.post(path, GOOD)).body).toEqual({ n_created: 2, n_duplicates: 0 })
    expect((await owner.post(path, GOOD)).body).toEqual({ n_created: 0, n_duplicates: 2 })
    expect(await stored()).toBe(2)
    const tasks = (await owner.get(`/api/task?project_id=${projectId}`)).body
    expect(tasks[0]).toMatchObject({
      info: { url: 'http://a/1.jpg' },
      n_answers: 2,
      priority_0: 0.5,
    })
    expect(tasks[1]).toMatchObject({
      info: { url: 'http://a/2.jpg' },
      n_answers: 30,
      priority_0: 0,
    })
  })

  it.each([
    ['a row that is too short', 'a,b\n1\n', 'line 2'],
    ['a column without name', 'a,\n1,2\n', 'line 1'],
    ['a column twice', 'a,a\n1,2\n', 'line 1, a'],
    ['a quote that is never closed', 'a\n"1\n', 'line 2'],
  ])('names the place of %s', async (_what, file, field) => {
    const before = await stored()
    const { status, body } = await owner.post(path, file)
    expect(status).toBe(415)
    expect(body.issues[0].field).toBe(field)
    expect(await stored()).toBe(before)
  })

  it('refuses strangers, and files that are too large', async () => {
    expect((await stranger.post(path, GOOD)).status).toBe(401)
    expect((await owner.post(path, `a\n${'x'.repeat(30_000)}\n`)).status).toBe(413)
    expect((await owner.post(path, `a\n${'x\n'.repeat(15_000)}`)).status).toBe(413)
  })
})
