import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { findUser } from '@manyhands/shared/users/repository'
import { generate } from 'otplib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
/** How far the platform's clock is ahead of the real one, seconds. */
let ahead = 0
beforeAll(() => {
  platform.ctx.clock = () => Date.now() + ahead * 1_000
  app = createApp(platform.ctx)
})
afterEach(() => {
  ahead = 0
})

const PASSWORD = 'correct horse battery'
const client = (headers?: Record<string, string>) => new ApiClient((r) => app.fetch(r), headers)
let made = 0

/** The code that an app shows, `offset` seconds from the platform's clock. */
const codeOf = (secret: string, offset = 0) =>
  generate({ secret, epoch: Math.floor(platform.ctx.clock() / 1_000) + offset })

async function signedUp() {
  const browser = client()
  const name = `otp${++made}`
  const { body } = await browser.post('/api/account', {
    name,
    fullname: name,
    email_addr: `${name}@example.org`,
    password: PASSWORD,
  })
  return { browser, name, id: body.user.id as number }
}

async function withCodes() {
  const account = await signedUp()
  const { secret } = (await account.browser.post('/api/account/otp')).body
  const confirmed = await account.browser.post('/api/account/otp/confirm', {
    code: await codeOf(secret),
  })
  const recoveryCodes: string[] = confirmed.body.recovery_codes
  // The code that confirmed is used up: the app shows the next one a minute later.
  ahead += 60
  return { ...account, secret: secret as string, recoveryCodes }
}

async function givePassword(name: string) {
  const browser = client()
  const { body, status } = await browser.post('/api/session', { login: name, password: PASSWORD })
  const token: string = body.second_factor?.token
  return {
    browser,
    body,
    status,
    give: (code: string) => browser.post('/api/session/second-factor', { token, code }),
  }
}

describe('turning one-time codes on', () => {
  it('shows the secret once and stores it sealed', async () => {
    const { browser, id, name } = await signedUp()
    const { body, headers } = await browser.post('/api/account/otp')
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(body.uri).toContain(`otpauth://totp/Manyhands:${name}?secret=${body.secret}`)
    expect(headers.get('cache-control')).toBe('no-store')
    const stored = await findUser(platform.ctx.db.primary, id)
    expect(stored?.otpSecretSealed).toBeTruthy()
    expect(JSON.stringify(stored)).not.toContain(body.secret)
  })

  it('asks for nothing until a code was confirmed', async () => {
    const { browser, name } = await signedUp()
    await browser.post('/api/account/otp')
    expect((await givePassword(name)).body.user.name).toBe(name)
  })

  it('is refused with a wrong code', async () => {
    const { browser, name } = await signedUp()
    const { secret } = (await browser.post('/api/account/otp')).body
    const right = await codeOf(secret)
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0')
    expect((await browser.post('/api/account/otp/confirm', { code: wrong })).status).toBe(401)
    expect((await givePassword(name)).body.user.name).toBe(name)
  })

  it('answers ten different recovery codes, of which only hashes are stored', async () => {
    const { recoveryCodes, id } = await withCodes()
    expect(new Set(recoveryCodes).size).toBe(10)
    const stored = await findUser(platform.ctx.db.primary, id)
    expect(stored?.recoveryCodeHashes).toHaveLength(10)
    const all = JSON.stringify(stored)
    for (const code of recoveryCodes) expect(all).not.toContain(code.replace('-', ''))
  })

  it('does not replace a secret in use', async () => {
    const { browser } = await withCodes()
    expect((await browser.post('/api/account/otp')).status).toBe(415)
  })

  it('is for whoever is signed in, not for a stranger or an API key', async () => {
    expect((await client().post('/api/account/otp')).status).toBe(401)
    const { apiKey } = await platform.make.user()
    expect((await client({ authorization: apiKey }).post('/api/account/otp')).status).toBe(403)
  })
})

describe('signing in with one-time codes on', () => {
  it('takes a code after the password, and opens nothing before', async () => {
    const { name, secret } = await withCodes()
    const { body, status, browser, give } = await givePassword(name)
    expect([status, body.user, body.second_factor.kinds]).toEqual([
      200,
      null,
      ['one-time-code', 'recovery-code'],
    ])
    expect((await browser.get('/api/session')).body.user).toBeNull()
    expect((await give(await codeOf(secret))).body.user.name).toBe(name)
    expect((await browser.get('/api/session')).body.user.name).toBe(name)
  })

  it('takes a code once, also when it is given many times at once', async () => {
    const { name, secret } = await withCodes()
    const code = await codeOf(secret)
    const { give } = await givePassword(name)
    const statuses = await Promise.all(Array.from({ length: 5 }, () => give(code)))
    expect(statuses.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401])
    expect((await (await givePassword(name)).give(code)).status).toBe(401)
  })

  it.each([-30, 30])('tolerates a clock that is %d seconds off', async (offset) => {
    const { name, secret } = await withCodes()
    const { give } = await givePassword(name)
    expect((await give(await codeOf(secret, offset))).status).toBe(200)
  })

  it.each([-90, 90])('refuses the code of a clock that is %d seconds off', async (offset) => {
    const { name, secret } = await withCodes()
    ahead += 120
    const { give } = await givePassword(name)
    expect((await give(await codeOf(secret, offset))).status).toBe(401)
  })

  it('takes a recovery code once, however it is written', async () => {
    const { name, recoveryCodes } = await withCodes()
    const [code = ''] = recoveryCodes
    const written = ` ${code.toUpperCase().replace('-', ' ')} `
    expect((await (await givePassword(name)).give(written)).status).toBe(200)
    expect((await (await givePassword(name)).give(code)).status).toBe(401)
  })

  it('does not take the recovery code of somebody else', async () => {
    const [theirs, mine] = [await withCodes(), await withCodes()]
    const { give } = await givePassword(mine.name)
    expect((await give(theirs.recoveryCodes[0] ?? '')).status).toBe(401)
  })

  it('refuses more tries after ten wrong codes, the right one too', async () => {
    const { name, secret } = await withCodes()
    const { give } = await givePassword(name)
    for (let at = 0; at < 10; at++) expect((await give('aaaaa-aaaaa')).status).toBe(401)
    const refused = await give(await codeOf(secret))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)
    const again = await givePassword(name)
    expect((await again.give(await codeOf(secret))).status).toBe(429)
  })

  it('asks for the password again when the code comes too late', async () => {
    const { name, secret } = await withCodes()
    const { give } = await givePassword(name)
    ahead += 301
    const late = await give(await codeOf(secret))
    expect([late.status, late.body.exception_msg]).toEqual([
      401,
      'That took too long: sign in with the password again',
    ])
  })

  it('takes no token but its own', async () => {
    const { name, secret, id } = await withCodes()
    const forged = platform.ctx.secrets.seal(
      'one-time-code',
      JSON.stringify({ userId: id, until: Date.now() * 2 }),
    )
    for (const token of ['', 'x', forged]) {
      const answer = await client().post('/api/session/second-factor', {
        token: token || ' ',
        code: await codeOf(secret),
      })
      expect(answer.status, name).toBe(401)
    }
  })

  it('leaves API keys as they are', async () => {
    const { browser, name } = await withCodes()
    const { api_key } = (await browser.get('/api/account/api-key')).body
    const seen = await client({ authorization: api_key }).get('/api/session')
    expect(seen.body.user.name).toBe(name)
  })
})

describe('turning one-time codes off', () => {
  const stop = (browser: ApiClient, proof: unknown) =>
    browser.send('DELETE', '/api/account/otp', proof)

  it('needs the password or a code', async () => {
    const { browser, name } = await withCodes()
    expect((await stop(browser, {})).status).toBe(415)
    expect((await stop(browser, { password: 'not this one' })).status).toBe(401)
    expect((await stop(browser, { code: 'aaaaa-aaaaa' })).status).toBe(401)
    expect((await givePassword(name)).body.user).toBeNull()
    expect((await stop(browser, { password: PASSWORD })).status).toBe(204)
    expect((await givePassword(name)).body.user.name).toBe(name)
  })

  it('works with a code, and makes the recovery codes worthless', async () => {
    const { browser, secret, id } = await withCodes()
    expect((await stop(browser, { code: await codeOf(secret) })).status).toBe(204)
    expect(await findUser(platform.ctx.db.primary, id)).toMatchObject({
      otpEnabled: false,
      otpSecretSealed: null,
      recoveryCodeHashes: [],
    })
  })

  it('is not a way to guess the password without end', async () => {
    const { browser } = await withCodes()
    for (let at = 0; at < 10; at++) await stop(browser, { password: `guess ${at}` })
    expect((await stop(browser, { password: PASSWORD })).status).toBe(429)
  })
})

describe('new recovery codes', () => {
  it('take the place of the old', async () => {
    const { browser, name, recoveryCodes } = await withCodes()
    const renewed = await browser.post('/api/account/otp/recovery-codes', { password: PASSWORD })
    const fresh: string[] = renewed.body.recovery_codes
    expect(fresh).toHaveLength(10)
    expect((await (await givePassword(name)).give(recoveryCodes[0] ?? '')).status).toBe(401)
    expect((await (await givePassword(name)).give(fresh[0] ?? '')).status).toBe(200)
  })

  it('are not given without proof', async () => {
    const { browser } = await withCodes()
    const refused = await browser.post('/api/account/otp/recovery-codes', { password: 'guess' })
    expect(refused.status).toBe(401)
  })
})
