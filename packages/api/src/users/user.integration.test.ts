import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})

const ALL = 'created email_addr fullname id info locale n_answers name rank registered_ago score'
const OPEN = 'created fullname locale name'
const NAME = 'locale name'
const fields = (body: object) => Object.keys(body).sort().join(' ')

async function someone(columns = '', flags = {}) {
  const { user, apiKey } = await platform.make.user(flags)
  if (columns) {
    await platform.ctx.db.primary.execute(
      sql`update users set ${sql.raw(columns)} where id = ${user.id}`,
    )
  }
  const client = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  return { user, client, path: `/api/user/${user.id}` }
}
let anonymous: ApiClient
let admin: Awaited<ReturnType<typeof someone>>
let moderator: Awaited<ReturnType<typeof someone>>
beforeEach(async () => {
  anonymous = new ApiClient((request) => app.fetch(request))
  admin ??= await someone('', { admin: true })
  moderator ??= await someone('subadmin = true')
})

describe('one account', () => {
  it.each([
    ['privacy_mode = true', { anonymous: NAME, moderator: NAME, admin: ALL, self: ALL }],
    ['privacy_mode = false', { anonymous: OPEN, moderator: OPEN, admin: ALL, self: ALL }],
  ])('of %s shows each caller what is theirs to see', async (columns, expected) => {
    const { client, path } = await someone(columns)
    const seen = {
      anonymous: fields((await anonymous.get(path)).body),
      moderator: fields((await moderator.client.get(path)).body),
      admin: fields((await admin.client.get(path)).body),
      self: fields((await client.get(path)).body),
    }
    expect(seen).toEqual(expected)
  })

  it('that is restricted is there for itself only', async () => {
    const { client, path } = await someone('restrict = true')
    expect((await anonymous.get(path)).status).toBe(401)
    expect((await admin.client.get(path)).status).toBe(403)
    expect((await client.get(path)).status).toBe(200)
  })

  it.each(['/api/user/2147483647', '/api/user/99999999999'])('is not at %s', async (path) => {
    expect((await anonymous.get(path)).status).toBe(404)
  })
})

describe('the list of accounts', () => {
  it('has no restricted one, whatever is asked and whoever asks', async () => {
    const { user } = await someone('restrict = true')
    for (const client of [anonymous, admin.client]) {
      for (const more of ['', '&restrict=true']) {
        const { status, body } = await client.get(`/api/user?name=${user.name}${more}`)
        expect([status, body]).toEqual([200, []])
      }
    }
  })

  it('shows of each what the caller may see', async () => {
    const open = await someone('privacy_mode = false')
    const hidden = await someone()
    const { body } = await hidden.client.get('/api/user?limit=100')
    const find = (name: string) => body.find((row: { name: string }) => row.name === name)
    expect(fields(find(open.user.name))).toBe(OPEN)
    expect(fields(find(hidden.user.name))).toBe(ALL)
    expect(fields(find(admin.user.name))).toBe(NAME)
  })

  it('tells nothing by a filter or an order that it does not show', async () => {
    const { user } = await someone()
    const day = user.created.slice(0, 10)
    for (const query of [
      `fullname=${encodeURIComponent(user.fullname)}`,
      `created=${day}&name=${user.name}`,
      `orderby=fullname&name=${user.name}`,
    ]) {
      expect((await anonymous.get(`/api/user?${query}`)).body).toEqual([])
      expect((await admin.client.get(`/api/user?${query}`)).body).toMatchObject([{ id: user.id }])
    }
  })

  it.each([
    'email_addr',
    'info',
    'admin',
    'pro',
    'passwd_hash',
    'api_key_hash',
    'ckan_api',
    'nothing',
  ])('cannot be asked by %s', async (field) => {
    const { status, body } = await anonymous.get(`/api/user?${field}=x`)
    expect([status, body.exception_cls]).toEqual([415, 'AttributeError'])
    expect((await anonymous.get(`/api/user?orderby=${field}`)).status).toBe(415)
  })

  it.each(['admin', 'passwd_hash', 'api_key_hash', 'otp_secret_sealed'])(
    'cannot be asked by %s, not even by an admin',
    async (field) => {
      expect((await admin.client.get(`/api/user?${field}=x`)).status).toBe(415)
    },
  )

  it('is paged by id', async () => {
    const one = await someone()
    const two = await someone()
    const page = `/api/user?last_id=${one.user.id - 1}&limit=2`
    const { body } = await admin.client.get(page)
    expect(body.map(({ id }: { id: number }) => id)).toEqual([one.user.id, two.user.id])
  })
})

describe('a change', () => {
  it('is made by the person itself and by admins, and answers without secrets', async () => {
    const { client, path } = await someone()
    for (const by of [client, admin.client]) {
      const { status, body } = await by.put(path, { fullname: 'New Name' })
      expect([status, body.fullname, fields(body)]).toEqual([200, 'New Name', ALL])
    }
  })

  it('is refused to others', async () => {
    const { path } = await someone()
    expect((await anonymous.put(path, { fullname: 'x' })).status).toBe(401)
    expect((await moderator.client.put(path, { fullname: 'x' })).status).toBe(403)
    expect((await anonymous.put('/api/user/2147483647', {})).status).toBe(404)
  })

  it('takes the whole object back', async () => {
    const { client, path } = await someone()
    const { body } = await client.get(path)
    const { status, body: after } = await client.put(path, { ...body, locale: 'it' })
    expect([status, after]).toEqual([200, { ...body, locale: 'it' }])
  })

  it.each([
    ['admin', { admin: true }, 403],
    ['pro', { pro: true }, 403],
    ['subadmin', { subadmin: true }, 403],
    ['id', { id: 1 }, 403],
    ['api_key', { api_key: 'mine' }, 415],
    ['passwd_hash', { passwd_hash: 'x' }, 415],
    ['otp_enabled', { otp_enabled: false }, 415],
    ['valid_email', { valid_email: true }, 415],
  ])('of %s by the person itself is refused', async (_field, change, expected) => {
    const { client, path } = await someone()
    expect((await client.put(path, change)).status).toBe(expected)
  })

  it('of a role by an admin takes effect at once', async () => {
    const { client, user, path } = await someone()
    expect((await client.get('/api/account')).body.pro).toBe(false)
    expect((await admin.client.put(path, { pro: true })).status).toBe(200)
    expect((await client.get('/api/account')).body.pro).toBe(true)
    expect(await auditOf(user.id)).toEqual([['pro', 'false', 'true']])
  })

  it('that restricts somebody ends their sessions, and is written down', async () => {
    const { user } = await platform.make.user({ password: 'correct horse' })
    const browser = new ApiClient((request) => app.fetch(request))
    await browser.post('/api/session', { login: user.name, password: 'correct horse' })
    expect((await browser.get('/api/session')).body.user.id).toBe(user.id)

    const { status } = await admin.client.put(`/api/user/${user.id}`, { restrict: true })

    expect(status).toBe(200)
    expect((await browser.get('/api/session')).body.user).toBeNull()
    expect(await auditOf(user.id)).toEqual([['restrict', 'false', 'true']])
  })

  it('that somebody makes to restrict themselves leaves them signed in', async () => {
    const { user } = await platform.make.user({ password: 'correct horse' })
    const browser = new ApiClient((request) => app.fetch(request))
    await browser.post('/api/session', { login: user.name, password: 'correct horse' })
    await browser.put('/api/account', { restrict: true })
    expect((await browser.get('/api/session')).body.user.id).toBe(user.id)
  })
})

it.each([
  ['POST', '/api/user', 'POST'],
  ['DELETE', '/api/user/1', 'DEL'],
])('%s %s is not allowed: action %s', async (method, path, action) => {
  for (const client of [anonymous, admin.client]) {
    const { status, body } = await client.send(method, path, method === 'POST' ? {} : undefined)
    expect([status, body.action, body.target, body.exception_cls]).toEqual([
      405,
      action,
      'user',
      'MethodNotAllowed',
    ])
  }
})

async function auditOf(userId: number) {
  const rows = await platform.ctx.db.primary.execute<{
    attribute: string
    old_value: string
    new_value: string
  }>(sql`
    select attribute, old_value, new_value from audit_log
    where project_id is null and attribute like ${`user.${userId}.%`} order by id`)
  return rows.map((row) => [row.attribute.split('.').at(-1), row.old_value, row.new_value])
}
