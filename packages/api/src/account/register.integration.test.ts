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
const browser = () => new ApiClient((request) => app.fetch(request))
const address = (name: string) => `${name}@example.org`
const person = (name: string, changes: Record<string, unknown> = {}) => ({
  name,
  fullname: `${name} Person`,
  email_addr: address(name),
  password: 'correct horse battery',
  ...changes,
})
const register = (name: string, changes = {}) =>
  browser().post('/api/account', person(name, changes))

describe('whoever registers', () => {
  it.each([
    ['name', { name: 'ab' }],
    ['name', { name: 'a name' }],
    ['name', { name: 'with/slash' }],
    ['name', { name: 'x'.repeat(36) }],
    ['name', { name: 'Admin' }],
    ['name', { name: 'erased' }],
    ['fullname', { fullname: ' ' }],
    ['email_addr', { email_addr: 'nowhere' }],
    ['email_addr', { email_addr: `${'x'.repeat(250)}@example.org` }],
    ['password', { password: 'short' }],
    ['locale', { locale: 'english please' }],
    ['admin', { admin: true }],
  ])('hears that %s is not acceptable: %j', async (field, changes) => {
    const { status, body } = await register('somebody', changes)
    expect([status, body.issues?.[0]?.field]).toEqual([415, field])
  })

  it('has the language and the consent that they gave, and an address nobody has confirmed', async () => {
    const client = browser()
    await client.post('/api/account', person('ada', { locale: 'pt-BR', consent: true }))
    expect((await client.get('/api/account')).body).toMatchObject({
      locale: 'pt-BR',
      consent: true,
      valid_email: false,
      privacy_mode: true,
      restrict: false,
      subscribed: false,
      admin: false,
    })
  })

  it('confirms the address when they like, once', async () => {
    const client = browser()
    await client.post('/api/account', person('grace'))
    expect((await client.post('/api/account/send-confirmation')).body).toEqual({ status: 'sent' })
    const token = await mailedToken(platform.ctx, address('grace'), 'confirm-address')

    const confirmed = await browser().post('/api/account/confirm-email', { token })

    expect([confirmed.status, confirmed.body]).toEqual([200, { email_addr: address('grace') }])
    expect((await client.get('/api/account')).body.valid_email).toBe(true)
    const again = await browser().post('/api/account/confirm-email', { token })
    expect([again.status, again.body.error_code]).toEqual([403, 'link_expired'])
    const nothingToDo = await client.post('/api/account/send-confirmation')
    expect([nothingToDo.status, nothingToDo.body.issues[0].field]).toEqual([415, 'email_addr'])
  })

  it('gets one mail, however often they ask within a minute', async () => {
    const client = browser()
    await client.post('/api/account', person('hedy'))
    for (let at = 0; at < 3; at++) await client.post('/api/account/send-confirmation')
    expect(await orderedMails(platform.ctx, address('hedy'))).toHaveLength(1)
  })
})

describe('where addresses must be confirmed', () => {
  beforeAll(() => {
    platform.ctx.config.CONFIRM_EMAIL = true
    return () => {
      platform.ctx.config.CONFIRM_EMAIL = false
    }
  })
  const signIn = (login: string) =>
    browser().post('/api/session', { login, password: 'correct horse battery' })

  it('nobody is signed in before they have', async () => {
    const client = browser()
    const registered = await client.post('/api/account', person('emmy'))
    expect([registered.status, registered.body]).toEqual([
      200,
      { user: null, confirmation_sent: true },
    ])
    expect((await client.get('/api/session')).body.user).toBeNull()
    const early = await signIn('emmy')
    expect([early.status, early.body.error_code]).toEqual([403, 'address_not_confirmed'])

    const token = await mailedToken(platform.ctx, address('emmy'), 'confirm-address')
    await browser().post('/api/account/confirm-email', { token })

    expect((await signIn('emmy')).body.user.name).toBe('emmy')
  })

  it('a wrong password says nothing of the address', async () => {
    await register('lise')
    const { status } = await browser().post('/api/session', { login: 'lise', password: 'nonsense' })
    expect(status).toBe(401)
  })

  it('the name is taken meanwhile', async () => {
    await register('maria')
    const refused = await register('maria', { email_addr: 'other@example.org' })
    expect([refused.status, refused.body.issues[0].field]).toEqual([415, 'name'])
  })

  it('the mail is sent again, and only the newest works', async () => {
    await register('rosa')
    const first = await mailedToken(platform.ctx, address('rosa'), 'confirm-address')
    await platform.ctx.db.primary.execute(
      sql`update mailed_links set created = created - interval '2 minutes'`,
    )
    const asked = { email_addr: address('rosa').toUpperCase() }
    expect((await browser().post('/api/account/resend-confirmation', asked)).body).toEqual({
      status: 'sent',
    })
    const second = await mailedToken(platform.ctx, address('rosa'), 'confirm-address')
    expect(second).not.toBe(first)
    const confirm = (token: string) => browser().post('/api/account/confirm-email', { token })
    expect((await confirm(first)).status).toBe(403)
    expect((await confirm(second)).status).toBe(200)
  })

  it('asking for somebody who is not there, or has confirmed, answers the same and sends nothing', async () => {
    const { user } = await platform.make.user()
    await platform.ctx.db.primary.execute(
      sql`update users set valid_email = true where id = ${user.id}`,
    )
    for (const email_addr of [user.emailAddr, 'nobody@example.org']) {
      const { status, body } = await browser().post('/api/account/resend-confirmation', {
        email_addr,
      })
      expect([status, body]).toEqual([200, { status: 'sent' }])
      expect(await orderedMails(platform.ctx, email_addr)).toEqual([])
    }
  })

  it('a link does not work when it is too old', async () => {
    await register('olga')
    const token = await mailedToken(platform.ctx, address('olga'), 'confirm-address')
    await platform.ctx.db.primary.execute(sql`update mailed_links set expires = now()`)
    expect((await browser().post('/api/account/confirm-email', { token })).status).toBe(403)
  })
})
