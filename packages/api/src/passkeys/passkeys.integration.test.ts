import { ApiClient } from '@manyhands/shared/testing/api-client'
import { Authenticator, type Mischief } from '@manyhands/shared/testing/authenticator'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { updateUser } from '@manyhands/shared/users/repository'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})

const PASSWORD = 'correct horse battery'
const client = (headers?: Record<string, string>) => new ApiClient((r) => app.fetch(r), headers)
let made = 0

async function signedUp() {
  const browser = client()
  const name = `key${++made}`
  const { body } = await browser.post('/api/account', {
    name,
    fullname: name,
    email_addr: `${name}@example.org`,
    password: PASSWORD,
  })
  return { browser, name, id: body.user.id as number }
}

async function add(browser: ApiClient, authenticator: Authenticator, mischief?: Mischief) {
  const options = (await browser.post('/api/account/passkeys/options')).body
  const response = authenticator.create(options, mischief)
  return browser.post('/api/account/passkeys', { name: 'My phone', response })
}

async function withPasskey() {
  const account = await signedUp()
  const authenticator = new Authenticator()
  const added = await add(account.browser, authenticator)
  expect(added.status).toBe(200)
  return { ...account, authenticator, passkey: added.body }
}

async function signIn(authenticator: Authenticator, mischief?: Mischief) {
  const browser = client()
  const options = (await browser.post('/api/session/passkey/options')).body
  const response = authenticator.get(options, mischief)
  return { browser, response, answer: await browser.post('/api/session/passkey', { response }) }
}

describe('adding a passkey', () => {
  it('stores what the authenticator made, under a name', async () => {
    const { browser, passkey } = await withPasskey()
    expect(passkey).toMatchObject({ name: 'My phone', last_used: null, backed_up: false })
    expect((await browser.get('/api/account/passkeys')).body).toEqual([passkey])
    expect((await browser.get('/api/account/sign-in-methods')).body).toEqual({
      password: true,
      ldap: false,
      one_time_codes: { enabled: false, recovery_codes_left: 0 },
      passkeys: [passkey],
      identities: [],
    })
  })

  it('asks for one that is found without a name, unlocked by its owner, and not here yet', async () => {
    const { browser, passkey, name } = await withPasskey()
    const { body } = await browser.post('/api/account/passkeys/options')
    expect(body).toMatchObject({
      rp: { id: 'localhost', name: 'Manyhands' },
      user: { name },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [{ id: passkey.id }],
    })
  })

  it.each<[string, Mischief]>([
    ['made for another site', { origin: 'https://evil.example' }],
    ['made for another host', { rpId: 'evil.example' }],
    ['that nobody unlocked', { userVerified: false }],
    ['for a challenge that was never given', { challenge: 'bm90IG91cnM' }],
  ])('refuses one %s', async (_what, mischief) => {
    const { browser } = await signedUp()
    const refused = await add(browser, new Authenticator(), mischief)
    expect([refused.status, refused.body.issues?.[0].field]).toEqual([415, 'response'])
    expect((await browser.get('/api/account/passkeys')).body).toEqual([])
  })

  it('takes each challenge once, and only from the account that asked', async () => {
    const [mine, theirs] = [await signedUp(), await signedUp()]
    const authenticator = new Authenticator()
    const options = (await mine.browser.post('/api/account/passkeys/options')).body
    const send = (browser: ApiClient) =>
      browser.post('/api/account/passkeys', { name: 'x', response: authenticator.create(options) })
    expect((await send(theirs.browser)).status).toBe(415)
    expect((await send(mine.browser)).status).toBe(415)
  })

  it('is for whoever is signed in, not for a stranger or an API key', async () => {
    expect((await client().post('/api/account/passkeys/options')).status).toBe(401)
    const { apiKey } = await platform.make.user()
    const script = client({ authorization: apiKey })
    expect((await script.post('/api/account/passkeys/options')).status).toBe(403)
    expect((await script.get('/api/account/sign-in-methods')).status).toBe(403)
  })
})

describe('signing in with a passkey', () => {
  it('needs no name and no password', async () => {
    const { authenticator, name, browser: owner } = await withPasskey()
    const { answer, browser } = await signIn(authenticator)
    expect([answer.status, answer.body.user.name]).toEqual([200, name])
    expect((await browser.get('/api/session')).body.user.name).toBe(name)
    expect((await owner.get('/api/account/passkeys')).body[0].last_used).not.toBeNull()
  })

  it('works again and again', async () => {
    const { authenticator } = await withPasskey()
    for (let at = 0; at < 3; at++) expect((await signIn(authenticator)).answer.status).toBe(200)
  })

  it.each<[string, Mischief]>([
    ['made on another site', { origin: 'https://evil.example' }],
    ['made for another host', { rpId: 'evil.example' }],
    ['that nobody unlocked', { userVerified: false }],
    ['for a challenge that was never given', { challenge: 'bm90IG91cnM' }],
  ])('refuses a signature %s', async (_what, mischief) => {
    const { authenticator } = await withPasskey()
    const { answer } = await signIn(authenticator, mischief)
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([401, []])
  })

  it('refuses a signature that is sent again', async () => {
    const { authenticator } = await withPasskey()
    const { response } = await signIn(authenticator)
    expect((await client().post('/api/session/passkey', { response })).status).toBe(401)
  })

  it('refuses a copy of the key: its count of signatures falls back', async () => {
    const { authenticator } = await withPasskey()
    expect((await signIn(authenticator, { counter: 9 })).answer.status).toBe(200)
    for (const counter of [9, 8, 0]) {
      expect([counter, (await signIn(authenticator, { counter })).answer.status]).toEqual([
        counter,
        401,
      ])
    }
    expect((await signIn(authenticator, { counter: 10 })).answer.status).toBe(200)
  })

  it('refuses a signature that does not fit the key', async () => {
    const [one, other] = [await withPasskey(), await withPasskey()]
    const options = (await client().post('/api/session/passkey/options')).body
    const response = { ...one.authenticator.get(options), id: other.passkey.id }
    const forged = { ...response, rawId: other.passkey.id }
    expect((await client().post('/api/session/passkey', { response: forged })).status).toBe(401)
  })

  it('says the same of an unknown passkey as of a bad one', async () => {
    const { authenticator, passkey, browser } = await withPasskey()
    const bad = await signIn(authenticator, { userVerified: false })
    await browser.delete(`/api/account/passkeys/${passkey.id}`)
    const unknown = await signIn(authenticator)
    expect([unknown.answer.status, unknown.answer.body.exception_msg]).toEqual([
      401,
      bad.answer.body.exception_msg,
    ])
  })

  it('does not take a challenge that was given for adding one', async () => {
    const { authenticator, browser } = await withPasskey()
    const { challenge } = (await browser.post('/api/account/passkeys/options')).body
    const response = authenticator.get({ challenge, rpId: 'localhost' })
    expect((await client().post('/api/session/passkey', { response })).status).toBe(401)
  })
})

describe('the passkeys of an account', () => {
  it('can be renamed and removed by their owner alone', async () => {
    const { browser, passkey } = await withPasskey()
    const path = `/api/account/passkeys/${passkey.id}`
    const { browser: stranger } = await signedUp()
    expect((await stranger.put(path, { name: 'mine now' })).status).toBe(404)
    expect((await stranger.delete(path)).status).toBe(404)
    expect((await browser.put(path, { name: 'Old phone' })).body.name).toBe('Old phone')
    expect((await browser.put(path, { name: '' })).status).toBe(415)
    expect((await browser.delete(path)).status).toBe(204)
    expect((await browser.get('/api/account/passkeys')).body).toEqual([])
  })

  it('cannot all be removed from an account without a password, not even two at once', async () => {
    const { browser, id, passkey, authenticator } = await withPasskey()
    const { status, body: second } = await add(browser, authenticator)
    expect(status).toBe(200)
    await updateUser(platform.ctx.db.primary, id, { passwdHash: null })
    const answers = await Promise.all(
      [passkey, second].map(({ id }) => browser.delete(`/api/account/passkeys/${id}`)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 415])
    expect((await browser.get('/api/account/passkeys')).body).toHaveLength(1)
  })
})

it('says to everybody which ways to sign in there are', async () => {
  expect((await client().get('/api/session/methods')).body).toEqual({
    password: true,
    ldap: false,
    passkey: true,
    oidc: null,
    registration: true,
  })
})
