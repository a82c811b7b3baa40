import { ApiClient } from '@manyhands/shared/testing/api-client'
import { mailedToken, orderedMails } from '@manyhands/shared/testing/ordered-mails'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})

async function signedIn() {
  const { user, apiKey } = await platform.make.user({ password: 'correct horse' })
  const client = new ApiClient((request) => app.fetch(request))
  await client.post('/api/session', { login: user.name, password: 'correct horse' })
  const script = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  return { user, client, script }
}

it('shows an account to its own person, without key or hash', async () => {
  const { user, client } = await signedIn()
  const { status, body, headers } = await client.get('/api/account')
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(body).toEqual({
    id: user.id,
    created: user.created,
    name: user.name,
    fullname: user.fullname,
    email_addr: user.emailAddr,
    valid_email: false,
    pending_email_addr: null,
    locale: 'en',
    privacy_mode: true,
    restrict: false,
    subscribed: false,
    consent: false,
    ckan_api: null,
    user_pref: null,
    info: {},
    admin: false,
    subadmin: false,
    pro: false,
    has_password: true,
  })
  expect((await new ApiClient((r) => app.fetch(r)).get('/api/account')).status).toBe(401)
})

it('changes what is sent, keeps the rest and the session', async () => {
  const { user, client } = await signedIn()
  const change = {
    name: `${user.name.slice(0, 20)}-new`,
    fullname: 'Ada Lovelace',
    locale: 'fr',
    privacy_mode: false,
    subscribed: true,
    consent: true,
    ckan_api: `key-of-${user.id}`,
    user_pref: { languages: ['fr'], locations: [] },
    info: { note: 'mine' },
  }
  const { status, body } = await client.put('/api/account', change)
  expect([status, body]).toEqual([200, expect.objectContaining(change)])
  const session = await client.get('/api/session')
  expect(session.body.user).toMatchObject({
    id: user.id,
    name: change.name,
    fullname: 'Ada Lovelace',
  })
  const { body: emptied } = await client.put('/api/account', { ckan_api: '' })
  expect(emptied).toMatchObject({ ckan_api: null, fullname: 'Ada Lovelace' })
})

it('takes the whole account back as it was read', async () => {
  const { client } = await signedIn()
  const { body } = await client.get('/api/account')
  expect(await client.put('/api/account', body)).toMatchObject({ status: 200, body })
})

describe('a change that cannot be', () => {
  it.each([
    ['name', { name: 'ab' }, 415],
    ['name', { name: 'administrator' }, 415],
    ['fullname', { fullname: '' }, 415],
    ['email_addr', { email_addr: 'nowhere' }, 415],
    ['locale', { locale: 'x' }, 415],
    ['privacy_mode', { privacy_mode: 'yes' }, 415],
    ['restrict', { restrict: 1 }, 415],
    ['user_pref', { user_pref: [] }, 415],
    ['info', { info: null }, 415],
    ['passwd_hash', { passwd_hash: 'x' }, 415],
    ['api_key', { api_key: 'x' }, 415],
  ])('names %s: %j', async (field, change, expected) => {
    const { client } = await signedIn()
    const { status, body } = await client.put('/api/account', change)
    expect([status, body.issues[0].field]).toEqual([expected, field])
  })

  it.each([
    { admin: true },
    { pro: true },
    { subadmin: true },
    { id: 1 },
    { valid_email: true },
    { created: '2001-01-01T00:00:00' },
  ])('is of what only the server writes: %j', async (change) => {
    const { client, user } = await signedIn()
    const { status, body } = await client.put('/api/account', change)
    expect([status, body.error_code]).toEqual([403, 'server_owned'])
    expect((await client.get('/api/account')).body).toMatchObject({
      id: user.id,
      admin: false,
      pro: false,
      subadmin: false,
    })
  })

  it('is of badges, which others give', async () => {
    const { client, user } = await signedIn()
    await platform.ctx.db.primary.execute(
      sql`update users set info = '{"extra": {"badge": 1}, "note": "old"}' where id = ${user.id}`,
    )
    const refused = await client.put('/api/account', { info: { extra: { badge: 2 } } })
    expect([refused.status, refused.body.exception_msg]).toEqual([
      403,
      'info.extra cannot be changed here',
    ])
    const { body } = await client.put('/api/account', { info: { note: 'new' } })
    expect(body.info).toEqual({ extra: { badge: 1 }, note: 'new' })
  })

  it.each(['name', 'email_addr', 'ckan_api'])('is of a %s that is taken', async (field) => {
    const one = await signedIn()
    const other = await signedIn()
    await one.client.put('/api/account', { ckan_api: `taken-${one.user.id}` })
    const { body } = await one.client.get('/api/account')
    const { status, body: refused } = await other.client.put('/api/account', {
      [field]: body[field].toString(),
    })
    expect([status, refused.issues[0].field]).toEqual([415, field])
  })
})

describe('a new address', () => {
  it('takes the place of the old one once it is confirmed, which the old one hears of', async () => {
    const { client, user } = await signedIn()
    const address = `new-${user.name}@example.org`

    const asked = await client.put('/api/account', { email_addr: address })

    expect(asked.body).toMatchObject({ email_addr: user.emailAddr, pending_email_addr: address })
    const token = await mailedToken(platform.ctx, address, 'confirm-address')
    const confirm = () =>
      new ApiClient((r) => app.fetch(r)).post('/api/account/confirm-email', { token })
    expect((await confirm()).body).toEqual({ email_addr: address })
    expect((await client.get('/api/account')).body).toMatchObject({
      email_addr: address,
      pending_email_addr: null,
      valid_email: true,
    })
    expect((await client.get('/api/session')).body.user.email_addr).toBe(address)
    expect((await orderedMails(platform.ctx, user.emailAddr)).map(({ kind }) => kind)).toEqual([
      'address-changed',
    ])
    expect((await confirm()).status).toBe(403)
  })

  it('is lost to whoever confirms it first', async () => {
    const one = await signedIn()
    const other = await signedIn()
    const address = `wanted-${one.user.name}@example.org`
    await one.client.put('/api/account', { email_addr: address })
    const token = await mailedToken(platform.ctx, address, 'confirm-address')
    await platform.ctx.db.primary.execute(
      sql`update users set email_addr = ${address} where id = ${other.user.id}`,
    )
    const refused = await one.client.post('/api/account/confirm-email', { token })
    expect([refused.status, refused.body.issues[0].field]).toEqual([415, 'email_addr'])
    expect((await one.client.get('/api/account')).body.email_addr).toBe(one.user.emailAddr)
  })

  it('is not asked for by a script', async () => {
    const { script, user } = await signedIn()
    const refused = await script.put('/api/account', { email_addr: 'thief@example.org' })
    expect([refused.status, refused.body.error_code]).toEqual([403, 'server_owned'])
    expect((await script.put('/api/account', { fullname: 'By script' })).status).toBe(200)
    expect((await script.get('/api/account')).body).toMatchObject({
      email_addr: user.emailAddr,
      fullname: 'By script',
    })
  })
})
