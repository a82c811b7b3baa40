import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { PRO_FEATURES: 'audit-log,webhooks' } })
let client: (key?: string) => ApiClient
let owner: ApiClient
let pro: ApiClient
let admin: ApiClient
let moderator: ApiClient
let stranger: ApiClient
let ownersIds: number[]
let project: ProjectRow

beforeAll(async () => {
  const app = createApp(platform.ctx)
  client = (key) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const people = []
  for (let n = 0; n < 4; n++) people.push(await platform.make.user())
  const [one, two, three, four] = people
  const { primary } = platform.ctx.db
  await primary.execute(sql`update users set pro = true where id = ${two?.user.id ?? 0}`)
  await primary.execute(sql`update users set subadmin = true where id = ${three?.user.id ?? 0}`)
  ;[owner, pro, moderator, stranger] = [
    client(one?.apiKey),
    client(two?.apiKey),
    client(three?.apiKey),
    client(four?.apiKey),
  ]
  admin = client((await platform.make.user({ admin: true })).apiKey)
  ownersIds = [one?.user.id ?? 0, two?.user.id ?? 0]
})
beforeEach(async () => {
  project = await platform.make.project({ ownerId: ownersIds[0] ?? 0 })
  const { updateProject } = await import('@manyhands/shared/projects/repository')
  await updateProject(platform.ctx.db.primary, project.id, { ownersIds })
})

const path = (rest: string) => `/api/projects/${project.shortName}/${rest}`

describe('the webhook', () => {
  it('has an address and a secret that only its owners see', async () => {
    expect((await pro.get(path('webhook'))).body).toEqual({ url: null, has_secret: false })
    const { status, body } = await pro.put(path('webhook'), { url: 'https://1.1.1.1/hook' })
    expect([status, body]).toEqual([200, { url: 'https://1.1.1.1/hook', has_secret: true }])
    const { secret } = (await pro.get(path('webhook/secret'))).body
    expect(secret).toMatch(/^[\w-]{43}$/)
    expect((await pro.get(path('webhook/secret'))).body.secret).toBe(secret)
    for (const each of [`/api/project/${project.id}`, `/api/projects/${project.shortName}`]) {
      expect(JSON.stringify((await pro.get(each)).body)).not.toContain(secret)
    }
  })

  it('gets a new secret when told to, and the log says so without it', async () => {
    await pro.put(path('webhook'), { url: 'https://1.1.1.1/hook' })
    const before = (await pro.get(path('webhook/secret'))).body.secret
    const { secret } = (await pro.post(path('webhook/secret'))).body
    expect(secret).not.toBe(before)
    expect((await pro.get(path('webhook/secret'))).body.secret).toBe(secret)
    const { items } = (await pro.get(path('audit-log?attribute=webhook_secret'))).body
    expect(items).toHaveLength(2)
    expect(items.every((item: { new_value: unknown }) => item.new_value === null)).toBe(true)
  })

  it('is removed with null, and keeps its secret for the next address', async () => {
    await pro.put(path('webhook'), { url: 'https://1.1.1.1/hook' })
    const { body } = await pro.put(path('webhook'), { url: null })
    expect(body).toEqual({ url: null, has_secret: true })
  })

  it.each([
    ['http://localhost/', 'ValueError'],
    ['http://127.1/', 'ValueError'],
    ['http://[::1]:80/', 'ValueError'],
    ['http://10.0.0.5/hook', 'ValueError'],
    ['http://169.254.169.254/latest/meta-data', 'ValueError'],
    ['https://me:secret@1.1.1.1/', 'ValueError'],
    ['ftp://1.1.1.1/', 'DataError'],
    ['no address', 'DataError'],
  ])('is not sent to %s', async (url, exception) => {
    const { status, body } = await pro.put(path('webhook'), { url })
    expect([status, body.exception_cls]).toEqual([415, exception])
    expect((await pro.get(path('webhook'))).body.url).toBeNull()
  })

  it.each([
    ['GET', 'webhook'],
    ['PUT', 'webhook'],
    ['GET', 'webhook/secret'],
    ['POST', 'webhook/secret'],
  ])('%s %s is for pro owners and admins where the site says so', async (method, rest) => {
    const body = method === 'PUT' ? { url: 'https://1.1.1.1/' } : undefined
    const statuses = []
    for (const who of [client(), stranger, owner, pro, admin]) {
      statuses.push((await who.send(method, path(rest), body)).status)
    }
    expect(statuses).toEqual([401, 403, 403, 200, 200])
  })
})

describe('the audit log', () => {
  it('is for pro owners and admins where the site says so', async () => {
    const statuses = []
    for (const who of [client(), stranger, owner, pro, admin]) {
      statuses.push((await who.get(path('audit-log'))).status)
    }
    expect(statuses).toEqual([401, 403, 403, 200, 200])
  })

  it('is read page by page, newest first, each line once', async () => {
    for (let n = 0; n < 7; n++) {
      await owner.put(`/api/project/${project.id}`, { long_description: `version ${n}` })
    }
    const seen: string[] = []
    let query = 'limit=3'
    for (let pages = 0; pages < 5; pages++) {
      const { items, next } = (await pro.get(path(`audit-log?${query}`))).body
      seen.push(...items.map((item: { new_value: string }) => item.new_value))
      if (next === null) break
      query = `limit=3&before=${next}`
    }
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `version ${n}`))
  })

  it('is narrowed by attribute and by who did it', async () => {
    await owner.put(`/api/project/${project.id}`, { long_description: 'x', info: { a: 1 } })
    await pro.put(`/api/project/${project.id}`, { info: { a: 2 } })
    const session = (await pro.get('/api/session')).body
    const count = async (query: string) =>
      (await pro.get(path(`audit-log?${query}`))).body.items.length
    expect(await count('attribute=info.a')).toBe(2)
    expect(await count(`user=${session.user.name}`)).toBe(1)
    expect(await count(`attribute=long_description&user=${session.user.name}`)).toBe(0)
  })

  it.each(['limit=0', 'limit=101', 'before=x'])('is refused with %s', async (query) => {
    expect((await pro.get(path(`audit-log?${query}`))).status).toBe(415)
  })

  it('of the site is for admins, and of a project that is gone too', async () => {
    await admin.delete(`/api/project/${project.id}`)
    const statuses = []
    for (const who of [client(), pro, moderator, admin]) {
      statuses.push((await who.get('/api/audit-log')).status)
    }
    expect(statuses).toEqual([401, 403, 403, 200])
    const { items } = (await admin.get(`/api/audit-log?project_id=${project.id}`)).body
    expect(items[0]).toMatchObject({ action: 'delete', attribute: 'project' })
  })
})

describe('featuring', () => {
  it('is for moderators, and written down', async () => {
    const statuses = []
    for (const who of [client(), stranger, owner, moderator, admin]) {
      statuses.push((await who.post(path('featured'))).status)
    }
    expect(statuses).toEqual([401, 403, 403, 204, 204])
    expect((await client().get(`/api/projects/${project.shortName}`)).body.featured).toBe(true)
    expect((await owner.delete(path('featured'))).status).toBe(403)
    expect((await moderator.delete(path('featured'))).status).toBe(204)
    const { items } = (await pro.get(path('audit-log?attribute=featured'))).body
    expect(items.map((item: { new_value: string }) => item.new_value)).toEqual(['false', 'true'])
  })
})

it('writes a change of the category down', async () => {
  const rows = await admin.get('/api/category')
  const other = rows.body.find(({ id }: { id: number }) => id !== project.categoryId)
  await owner.put(`/api/project/${project.id}`, { category_id: other.id })
  const { items } = (await pro.get(path('audit-log?attribute=category_id'))).body
  expect(items).toMatchObject([
    { old_value: String(project.categoryId), new_value: String(other.id) },
  ])
})
