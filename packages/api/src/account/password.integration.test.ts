import { closeContext, openContext } from '@manyhands/shared/context/context'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { mailedToken, orderedMails } from '@manyhands/shared/testing/ordered-mails'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
let elsewhere: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
  // Another process: its own memory, the same servers.
  const other = openContext(platform.config, platform.ctx.log, 'other')
  elsewhere = createApp(other)
  return () => closeContext(other)
})
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 1_000, interval: 10 })
const OLD = 'correct horse'
const NEW = 'battery staple'
const browser = () => new ApiClient((request) => app.fetch(request))

async function signedIn() {
  const { user, apiKey } = await platform.make.user({ password: OLD })
  const client = browser()
  await client.post('/api/session', { login: user.name, password: OLD })
  return { user, apiKey, client }
}
const signIn = (login: string, password: string) =>
  browser().post('/api/session', { login, password })
const kinds = async (recipient: string) =>
  (await orderedMails(platform.ctx, recipient)).map(({ kind }) => kind)

describe('a new password', () => {
  it('needs the one that there is, and ends every other session at once', async () => {
    const { user, client } = await signedIn()
    const other = new ApiClient((request) => elsewhere.fetch(request))
    await other.post('/api/session', { login: user.name, password: OLD })
    expect((await other.get('/api/session')).body.user.id).toBe(user.id)

    const changed = await client.put('/api/account/password', {
      current_password: OLD,
      new_password: NEW,
    })

    expect([changed.status, changed.body.user.id]).toEqual([200, user.id])
    expect((await client.get('/api/session')).body.user.id).toBe(user.id)
    await soon(async () => expect((await other.get('/api/session')).body.user).toBeNull())
    expect((await signIn(user.name, OLD)).status).toBe(401)
    expect((await signIn(user.name, NEW)).status).toBe(200)
    expect(await kinds(user.emailAddr)).toEqual(['password-changed'])
  })

  it('gives this browser a session of its own: the former cookie opens nothing', async () => {
    const { client, user } = await signedIn()
    const [before] = await platform.ctx.db.primary.execute(
      sql`select encode(token_hash, 'hex') as hash from sessions where user_id = ${user.id}`,
    )
    await client.put('/api/account/password', { current_password: OLD, new_password: NEW })
    const after = await platform.ctx.db.primary.execute(
      sql`select encode(token_hash, 'hex') as hash from sessions where user_id = ${user.id}`,
    )
    expect(after).toHaveLength(1)
    expect(after[0]?.hash).not.toBe(before?.hash)
  })

  it.each([
    ['current_password', { current_password: 'nonsense', new_password: NEW }],
    ['current_password', { new_password: NEW }],
    ['new_password', { current_password: OLD, new_password: 'short' }],
  ])('is refused, naming %s: %j', async (field, body) => {
    const { client, user } = await signedIn()
    const refused = await client.put('/api/account/password', body)
    expect([refused.status, refused.body.issues[0].field]).toEqual([415, field])
    expect((await signIn(user.name, OLD)).status).toBe(200)
  })

  it('is not set by a key, nor by nobody', async () => {
    const { apiKey } = await signedIn()
    const script = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
    const body = { current_password: OLD, new_password: NEW }
    expect((await script.put('/api/account/password', body)).status).toBe(403)
    expect((await browser().put('/api/account/password', body)).status).toBe(401)
  })

  it('is not found by trying', async () => {
    const { client } = await signedIn()
    const attempt = () =>
      client.put('/api/account/password', { current_password: 'guess', new_password: NEW })
    for (let at = 0; at < 10; at++) expect((await attempt()).status).toBe(415)
    expect((await attempt()).status).toBe(429)
  })

  it('needs a sign-in of the last minutes where there was none', async () => {
    const { client, user } = await signedIn()
    const { db } = platform.ctx
    await db.primary.execute(sql`update users set passwd_hash = null where id = ${user.id}`)
    await db.primary.execute(
      sql`update sessions set created = now() - interval '11 minutes' where user_id = ${user.id}`,
    )
    const late = await client.put('/api/account/password', { new_password: NEW })
    expect([late.status, late.body.error_code]).toEqual([403, 'sign_in_again'])
    await db.primary.execute(
      sql`update sessions set created = now() - interval '9 minutes' where user_id = ${user.id}`,
    )
    expect((await client.put('/api/account/password', { new_password: NEW })).status).toBe(200)
    expect((await signIn(user.name, NEW)).status).toBe(200)
  })
})

describe('a forgotten password', () => {
  const forgot = (email_addr: string) =>
    browser().post('/api/account/forgot-password', { email_addr })
  const reset = (token: string, password = NEW) =>
    browser().post('/api/account/reset-password', { token, password })

  it('is set anew by the mailed link, once, and every session ends', async () => {
    const { user, client } = await signedIn()
    expect((await client.get('/api/session')).body.user.id).toBe(user.id)
    expect((await forgot(user.emailAddr.toUpperCase())).body).toEqual({ status: 'sent' })
    const token = await mailedToken(platform.ctx, user.emailAddr, 'reset-password')

    expect((await reset(token)).status).toBe(204)

    expect((await client.get('/api/session')).body.user).toBeNull()
    expect((await signIn(user.name, OLD)).status).toBe(401)
    expect((await signIn(user.name, NEW)).status).toBe(200)
    const again = await reset(token, 'yet another one')
    expect([again.status, again.body.error_code]).toEqual([403, 'link_expired'])
    expect(await kinds(user.emailAddr)).toEqual(['reset-password', 'password-changed'])
  })

  it('is asked for without learning who has an account', async () => {
    const unknown = await forgot('nobody@example.org')
    expect([unknown.status, unknown.body]).toEqual([200, { status: 'sent' }])
    expect(await kinds('nobody@example.org')).toEqual([])
  })

  it('is one mail, however often it is asked for within a minute', async () => {
    const { user } = await signedIn()
    for (let at = 0; at < 3; at++) await forgot(user.emailAddr)
    expect(await kinds(user.emailAddr)).toEqual(['reset-password'])
  })

  it('is not set by a link that is too old', async () => {
    const { user } = await signedIn()
    await forgot(user.emailAddr)
    const token = await mailedToken(platform.ctx, user.emailAddr, 'reset-password')
    await platform.ctx.db.primary.execute(sql`update mailed_links set expires = now()`)
    expect((await reset(token)).status).toBe(403)
    expect((await signIn(user.name, OLD)).status).toBe(200)
  })

  it('is not set by a link to an address that the account has left', async () => {
    const { user } = await signedIn()
    await forgot(user.emailAddr)
    const token = await mailedToken(platform.ctx, user.emailAddr, 'reset-password')
    await platform.ctx.db.primary.execute(
      sql`update users set email_addr = 'moved' || id || '@example.org' where id = ${user.id}`,
    )
    expect((await reset(token)).status).toBe(403)
    expect((await signIn(user.name, OLD)).status).toBe(200)
  })

  it.each(['', 'nonsense', `${crypto.randomUUID()}.${'A'.repeat(43)}`])(
    'is not set by the token %j',
    async (token) => {
      const { status } = await reset(token)
      expect(status).toBe(token === '' ? 415 : 403)
    },
  )

  it('keeps the link when the new one is too short', async () => {
    const { user } = await signedIn()
    await forgot(user.emailAddr)
    const token = await mailedToken(platform.ctx, user.emailAddr, 'reset-password')
    expect((await reset(token, 'short')).status).toBe(415)
    expect((await reset(token)).status).toBe(204)
  })
})

describe('the API key', () => {
  it('is replaced, and the old one is dead at once, on every process', async () => {
    const { client, apiKey, user } = await signedIn()
    const asks = (at: typeof app, key: string) =>
      new ApiClient((request) => at.fetch(request), { authorization: key }).get('/api/session')
    for (const at of [app, elsewhere]) expect((await asks(at, apiKey)).body.user.id).toBe(user.id)

    const { status, body } = await client.post('/api/account/api-key')

    expect([status, body.api_key === apiKey]).toEqual([200, false])
    for (const at of [app, elsewhere]) {
      await soon(async () => expect((await asks(at, apiKey)).body.user).toBeNull())
      expect((await asks(at, body.api_key)).body.user.id).toBe(user.id)
    }
    expect((await client.get('/api/account/api-key')).body).toEqual({ api_key: body.api_key })
  })
})
