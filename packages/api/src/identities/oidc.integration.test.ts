import { createServer } from 'node:net'
import type { Context } from '@manyhands/shared/context/context'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { findUser, updateUser } from '@manyhands/shared/users/repository'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Claims, LocalProvider } from '../../testing/oidc-provider.ts'
import { createApp } from '../app.ts'

let provider: LocalProvider
const platform = useTestPlatform({
  env: async () => {
    provider = await LocalProvider.start()
    return provider.settings
  },
})
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
afterAll(() => provider.stop())

const PASSWORD = 'correct horse battery'
const client = (on = app) => new ApiClient((r) => on.fetch(r))
const path = (url: URL) => `${url.pathname}${url.search}`
let made = 0
const fresh = () => `person-${++made}`

/** Signs in at the provider as this person and comes back. `tamper` changes the address on the way. */
async function comeBack(
  subject: string,
  claims: Claims,
  options: { browser?: ApiClient; next?: string; tamper?: (url: URL) => void } = {},
) {
  const browser = options.browser ?? client()
  const next = options.next ? `?next=${encodeURIComponent(options.next)}` : ''
  const start = await browser.get(`/api/session/oidc/start${next}`)
  expect(start.status).toBe(302)
  const there = new URL(start.headers.get('location') ?? '')
  options.tamper?.(there)
  provider.person = { subject, claims }
  const back = await provider.visit(there.href)
  options.tamper?.(back)
  return { browser, there, back, answer: await browser.get(path(back)) }
}

const verified = (name: string): Claims => ({
  email: `${name}@example.org`,
  email_verified: true,
  preferred_username: name,
  name: `The ${name}`,
})

async function signedUp(name: string, validEmail = false, password = PASSWORD) {
  const browser = client()
  const { body } = await browser.post('/api/account', {
    name,
    fullname: name,
    email_addr: `${name}@example.org`,
    password,
  })
  const id: number = body.user.id
  await updateUser(platform.ctx.db.primary, id, { validEmail })
  return { browser, id }
}

describe('the way to the provider', () => {
  it('carries PKCE, state and nonce, and keeps their secrets in a cookie that scripts cannot read', async () => {
    const { headers } = await client().get('/api/session/oidc/start')
    const there = new URL(headers.get('location') ?? '')
    expect(Object.fromEntries(there.searchParams)).toMatchObject({
      redirect_uri: 'http://localhost:3000/api/session/oidc/callback',
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid email profile',
    })
    const [cookie = ''] = headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/Path=\/api\/session\/oidc;/)
    for (const secret of ['state', 'nonce', 'code_challenge']) {
      expect(cookie).not.toContain(there.searchParams.get(secret))
    }
  })

  it('is offered by name', async () => {
    expect((await client().get('/api/session/methods')).body.oidc).toEqual({
      name: 'Example accounts',
    })
  })
})

describe('whoever comes back from the provider', () => {
  it('gets an account at the first time, and the same one ever after', async () => {
    const name = fresh()
    const first = await comeBack(name, verified(name), { next: '/project/birds?a=1' })
    expect(first.answer.headers.get('location')).toBe('/project/birds?a=1')
    const { user } = (await first.browser.get('/api/session')).body
    expect(user).toMatchObject({
      name,
      fullname: `The ${name}`,
      email_addr: `${name}@example.org`,
    })
    // Their address at the provider may change: who they are does not.
    const again = await comeBack(name, verified('renamed'))
    expect((await again.browser.get('/api/session')).body.user.id).toBe(user.id)
  })

  it('is led home instead of to another site', async () => {
    const name = fresh()
    const { answer } = await comeBack(name, verified(name), { next: '//evil.example/' })
    expect(answer.headers.get('location')).toBe('/')
  })

  it('gets a name that is free', async () => {
    const name = fresh()
    await signedUp(name)
    const { browser } = await comeBack(`other ${name}`, {
      ...verified(fresh()),
      preferred_username: name,
    })
    expect((await browser.get('/api/session')).body.user.name).toBe(`${name}-2`)
  })

  it('gets one account when two windows come back at once', async () => {
    const name = fresh()
    const both = await Promise.all(
      [client(), client()].map(async (browser) => {
        const start = await browser.get('/api/session/oidc/start')
        return { browser, there: start.headers.get('location') ?? '' }
      }),
    )
    provider.person = { subject: name, claims: verified(name) }
    const backs = await Promise.all(both.map(({ there }) => provider.visit(there)))
    await Promise.all(both.map(({ browser }, at) => browser.get(path(backs[at] as URL))))
    const ids = await Promise.all(
      both.map(async ({ browser }) => (await browser.get('/api/session')).body.user?.id),
    )
    expect(ids).toEqual([expect.any(Number), ids[0]])
  })

  it.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [false, false, false],
  ])(
    'address confirmed there: %s, here: %s: comes into the account with it: %s',
    async (there, here, expected) => {
      const name = fresh()
      const { id } = await signedUp(name, here)
      const claims = { ...verified(name), email_verified: there }
      const { browser, answer } = await comeBack(name, claims)
      expect(answer.status).toBe(expected ? 302 : 403)
      expect((await browser.get('/api/session')).body.user?.id).toBe(expected ? id : undefined)
      if (!expected) expect(answer.body.error_code).toBe('oidc_address_taken')
    },
  )

  it('has an unconfirmed address here when it is unconfirmed there', async () => {
    const name = fresh()
    const { browser } = await comeBack(name, { ...verified(name), email_verified: false })
    const { id } = (await browser.get('/api/session')).body.user
    expect((await findUser(platform.ctx.db.primary, id))?.validEmail).toBe(false)
  })

  it('is told that an account needs an address when the provider gives none', async () => {
    const { answer } = await comeBack(fresh(), { preferred_username: 'nobody' })
    expect([answer.status, answer.body.error_code]).toEqual([403, 'oidc_no_address'])
  })

  it('hears on the sign-in page what went wrong, when a browser asks', async () => {
    const browser = client()
    const answer = await browser.send('GET', '/api/session/oidc/callback?code=x', undefined, {
      accept: 'text/html,application/xhtml+xml',
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      '/account/signin?problem=unauthenticated',
    ])
  })
})

describe('what is not the provider’s answer to us', () => {
  const setTo = (name: string, value: string) => (url: URL) => {
    if (url.searchParams.has(name)) url.searchParams.set(name, value)
  }

  it('is refused with another state', async () => {
    const name = fresh()
    const { answer, browser } = await comeBack(name, verified(name), {
      tamper: (url) => url.pathname.endsWith('callback') && setTo('state', 'another')(url),
    })
    expect(answer.status).toBe(401)
    expect((await browser.get('/api/session')).body.user).toBeNull()
  })

  it('is refused with another nonce', async () => {
    const name = fresh()
    const { answer, browser } = await comeBack(name, verified(name), {
      tamper: setTo('nonce', 'another'),
    })
    expect(answer.status).toBe(401)
    expect((await browser.get('/api/session')).body.user).toBeNull()
  })

  it('is refused with another PKCE challenge', async () => {
    const name = fresh()
    const { answer } = await comeBack(name, verified(name), {
      tamper: setTo('code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'),
    })
    expect(answer.status).toBe(401)
  })

  it('is refused in a browser that did not ask', async () => {
    const name = fresh()
    const browser = client()
    const { back } = await comeBack(name, verified(name), { browser })
    expect((await client().get(path(back))).status).toBe(401)
    expect((await browser.get(path(back))).status).toBe(401)
  })

  it('is refused when its code is sent again, even with the cookie of the first time', async () => {
    const name = fresh()
    const start = await client().get('/api/session/oidc/start')
    const [cookie = ''] = start.headers.getSetCookie()
    provider.person = { subject: name, claims: verified(name) }
    const back = await provider.visit(start.headers.get('location') ?? '')
    const send = () =>
      client().send('GET', path(back), undefined, { cookie: cookie.split(';')[0] ?? '' })
    expect((await send()).status).toBe(302)
    const again = await send()
    expect([
      again.status,
      again.headers.getSetCookie().some((c) => c.includes('mh_session=')),
    ]).toEqual([401, false])
  })

  it('is refused after ten minutes', async () => {
    const { clock } = platform.ctx
    const name = fresh()
    const { answer } = await comeBack(name, verified(name), {
      tamper: () => {
        platform.ctx.clock = () => Date.now() + 601_000
      },
    })
    platform.ctx.clock = clock
    expect(answer.status).toBe(401)
  })

  it('is refused when the person said no there', async () => {
    const browser = client()
    const start = await browser.get('/api/session/oidc/start')
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state')
    const answer = await browser.get(
      `/api/session/oidc/callback?error=access_denied&state=${state}&iss=${provider.issuer}`,
    )
    expect(answer.status).toBe(401)
  })
})

describe('a linked identity', () => {
  async function link(browser: ApiClient, subject: string) {
    const { body } = await browser.post('/api/account/identities', { next: '/account/me' })
    provider.person = { subject, claims: verified(subject) }
    const back = await provider.visit(body.url)
    return browser.get(path(back))
  }

  it('opens the account that it was linked to, whatever its address', async () => {
    const { browser, id } = await signedUp(fresh())
    const subject = fresh()
    const answer = await link(browser, subject)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/account/me'])
    const { browser: other } = await comeBack(subject, verified(fresh()))
    expect((await other.get('/api/session')).body.user.id).toBe(id)
    const { identities } = (await browser.get('/api/account/sign-in-methods')).body
    expect(identities).toMatchObject([{ issuer: provider.issuer, subject }])
  })

  it('is not taken from the account that has it', async () => {
    const [one, two] = [await signedUp(fresh()), await signedUp(fresh())]
    const subject = fresh()
    await link(one.browser, subject)
    const refused = await link(two.browser, subject)
    expect([refused.status, refused.body.error_code]).toEqual([403, 'oidc_identity_taken'])
  })

  it('is not added to an account that was signed in to meanwhile', async () => {
    const { browser } = await signedUp(fresh())
    const { body } = await browser.post('/api/account/identities', {})
    const name = fresh()
    await signedUp(name)
    await browser.post('/api/session', { login: name, password: PASSWORD })
    provider.person = { subject: fresh(), claims: {} }
    const back = await provider.visit(body.url)
    expect((await browser.get(path(back))).status).toBe(401)
    expect((await browser.get('/api/account/sign-in-methods')).body.identities).toEqual([])
  })

  it('can be taken away, but not as the only way to sign in', async () => {
    const { browser } = await signedUp(fresh())
    await link(browser, fresh())
    const [own] = (await browser.get('/api/account/sign-in-methods')).body.identities
    const { browser: stranger } = await signedUp(fresh())
    expect((await stranger.delete(`/api/account/identities/${own.id}`)).status).toBe(404)
    expect((await browser.delete(`/api/account/identities/${own.id}`)).status).toBe(204)

    const name = fresh()
    const { browser: guest } = await comeBack(name, verified(name))
    const [only] = (await guest.get('/api/account/sign-in-methods')).body.identities
    const refused = await guest.delete(`/api/account/identities/${only.id}`)
    expect([refused.status, refused.body.exception_msg]).toEqual([
      415,
      'This is your only way to sign in: add another one first',
    ])
  })

  it('is for whoever is signed in, not for a stranger or an API key', async () => {
    expect((await client().post('/api/account/identities', {})).status).toBe(401)
    const { apiKey } = await platform.make.user()
    const script = new ApiClient((r) => app.fetch(r), { authorization: apiKey })
    expect((await script.post('/api/account/identities', {})).status).toBe(403)
  })
})

describe('the provider', () => {
  const appWith = (settings: Partial<Context['config']>) =>
    createApp({ ...platform.ctx, config: { ...platform.config, ...settings } })

  it('is a plain refusal when there is none', async () => {
    const on = appWith({ OIDC_ISSUER_URL: undefined })
    expect((await client(on).get('/api/session/oidc/start')).status).toBe(404)
    expect((await client(on).get('/api/session/methods')).body.oidc).toBeNull()
  })

  it('is said to be away when nobody answers there', async () => {
    const on = appWith({ OIDC_ISSUER_URL: 'http://127.0.0.1:9' })
    const answer = await client(on).get('/api/session/oidc/start')
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true])
    expect(answer.body.exception_msg).toContain('Example accounts does not answer')
  })

  it('is said to be away when it takes the call and says nothing', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const on = appWith({ OIDC_ISSUER_URL: `http://127.0.0.1:${port}` })
    expect((await client(on).get('/api/session/oidc/start')).status).toBe(503)
    silent.close()
  })

  it('is asked once for its addresses', async () => {
    const on = appWith({})
    await client(on).get('/api/session/oidc/start')
    const first = provider.discoveries
    await Promise.all([1, 2, 3].map(() => client(on).get('/api/session/oidc/start')))
    expect(provider.discoveries).toBe(first)
  })

  it('vouches for an address: its people need confirm nothing here', async () => {
    const on = appWith({ CONFIRM_EMAIL: true })
    const name = fresh()
    const browser = client(on)
    expect((await comeBack(name, verified(name), { browser })).answer.status).toBe(302)
    const { user } = (await browser.get('/api/session')).body
    expect((await findUser(platform.ctx.db.primary, user.id))?.validEmail).toBe(true)
  })

  it.each([
    ['the same address', (name: string) => verified(name), 302],
    ['another address', () => verified(fresh()), 403],
    ['nothing', (name: string) => ({ ...verified(name), email_verified: false }), 403],
  ])('vouches for %s of an account that it opens already', async (_what, claims, status) => {
    const name = fresh()
    await comeBack(name, { ...verified(name), email_verified: false })
    const browser = client(appWith({ CONFIRM_EMAIL: true }))
    const { answer } = await comeBack(name, claims(name), { browser })
    expect(answer.status).toBe(status)
    expect((await browser.get('/api/session')).body.user === null).toBe(status === 403)
  })

  it('must have confirmed the address where this server asks for that', async () => {
    const on = appWith({ CONFIRM_EMAIL: true })
    const name = fresh()
    const browser = client(on)
    const claims = { ...verified(name), email_verified: false }
    const { answer } = await comeBack(name, claims, { browser })
    expect([answer.status, answer.body.error_code]).toEqual([403, 'oidc_address_unverified'])
  })
})
