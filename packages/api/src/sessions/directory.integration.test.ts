import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Config } from '@manyhands/shared/config/config'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { findUser, updateUser } from '@manyhands/shared/users/repository'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BASE, type Entry, LocalDirectory } from '../../testing/ldap-server.ts'
import { createApp } from '../app.ts'

let directory: LocalDirectory
const platform = useTestPlatform({
  env: async () => {
    directory = await LocalDirectory.start()
    return directory.settings
  },
})
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
afterAll(() => directory.stop())

const PASSWORD = 'in the directory'
let made = 0
/** Each test comes from a place of its own: wrong passwords are counted. */
const client = (on = app) => new ApiClient((r) => on.fetch(r))
const signIn = (login: string, password = PASSWORD, on = app) =>
  client(on).post('/api/session', { login, password })
const appWith = (settings: Partial<Config>) =>
  createApp({ ...platform.ctx, config: { ...platform.config, ...settings } })

function person(fields: Partial<Entry> = {}): Entry {
  const uid = `person${++made}`
  const mail = `${uid}@example.org`
  const entry = { uid, password: PASSWORD, mail, cn: `Person ${made}`, ...fields }
  directory.entries.push(entry)
  return entry
}

describe('whoever is in the directory', () => {
  it('signs in with its password, and gets an account at the first time', async () => {
    const { uid, mail, cn } = person()
    const first = await signIn(uid)
    expect(first.body.user).toMatchObject({ name: uid, email_addr: mail, fullname: cn })
    const again = await signIn(uid)
    expect(again.body.user.id).toBe(first.body.user.id)
    const user = await findUser(platform.ctx.db.primary, first.body.user.id)
    expect(user).toMatchObject({ ldap: uid, passwdHash: null })
  })

  it('needs to confirm no address that the directory has of them', async () => {
    const { uid } = person()
    const on = appWith({ CONFIRM_EMAIL: true })
    const { id } = (await signIn(uid, PASSWORD, on)).body.user
    await updateUser(platform.ctx.db.primary, id, { validEmail: false })
    expect((await signIn(uid, PASSWORD, on)).status).toBe(200)
    const emailAddr = `not-${uid}@example.org`
    await updateUser(platform.ctx.db.primary, id, { validEmail: false, emailAddr })
    expect((await signIn(uid, PASSWORD, on)).status).toBe(403)
  })

  it('comes into the account that has their name in the directory, whatever it is called here', async () => {
    const { uid } = person()
    const { user } = await platform.make.user()
    await updateUser(platform.ctx.db.primary, user.id, { ldap: uid })
    expect((await signIn(uid)).body.user.id).toBe(user.id)
  })

  it('gets one account when two windows sign in at once', async () => {
    const { uid } = person()
    const both = await Promise.all([signIn(uid), signIn(uid)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(both[0]?.body.user.id).toBe(both[1]?.body.user.id)
  })

  it('is asked for a one-time code when they have turned codes on', async () => {
    const { uid } = person()
    const { id } = (await signIn(uid)).body.user
    const otpSecretSealed = platform.ctx.secrets.seal('one-time-code', 'JBSWY3DPEHPK3PXP')
    await updateUser(platform.ctx.db.primary, id, { otpEnabled: true, otpSecretSealed })
    expect((await signIn(uid)).body).toMatchObject({ user: null, second_factor: {} })
  })

  it('does not take over an account that has their address', async () => {
    const { user } = await platform.make.user()
    const { uid } = person({ mail: user.emailAddr })
    const refused = await signIn(uid)
    expect([refused.status, refused.body.error_code]).toEqual([403, 'directory_address_taken'])
  })

  it('is told that an account needs an address', async () => {
    const { uid } = person({ mail: 'not an address' })
    const refused = await signIn(uid)
    expect([refused.status, refused.body.error_code]).toEqual([403, 'directory_no_address'])
  })
})

describe('a sign-in that the directory does not accept', () => {
  it('is refused alike for a wrong password, an unknown name and a name of several', async () => {
    const { uid } = person()
    const twin = person()
    directory.entries.push({ ...twin, mail: 'twin@example.org' })
    const answers = [
      await signIn(uid, 'wrong'),
      await signIn('nobody-there'),
      await signIn(twin.uid),
    ]
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(new Set(answers.map(({ body }) => body.exception_msg)).size).toBe(1)
  })

  it('asks the directory the same number of times for an unknown name', async () => {
    const { uid } = person()
    const countBinds = async (work: () => Promise<unknown>) => {
      const before = directory.binds.length
      await work()
      return directory.binds.length - before
    }
    const known = await countBinds(() => signIn(uid, 'wrong'))
    const unknown = await countBinds(() => signIn('nobody-at-all', 'wrong'))
    expect([known, unknown]).toEqual([2, 2])
  })

  it.each(['*', 'person*', '*)(uid=*', 'x)(|(uid=*', 'admin)(&', '\\2a', `uid=x,${BASE}`])(
    'finds nobody by %j: what is typed is a value',
    async (login) => {
      directory.entries.splice(0)
      person()
      const before = directory.filters.length
      expect((await signIn(login)).status).toBe(401)
      expect(directory.filters.slice(before).every((filter) => filter.startsWith('(uid='))).toBe(
        true,
      )
    },
  )

  it('never goes to the directory without a password', async () => {
    const { uid } = person({ password: '' })
    const before = directory.binds.length
    expect((await signIn(uid, '')).status).toBe(415)
    expect((await signIn(uid, '\0')).status).toBe(401)
    expect(directory.binds.length).toBe(before)
  })

  it('is counted: after ten even the right password has to wait', async () => {
    const { uid } = person()
    for (let at = 0; at < 10; at++) expect((await signIn(uid, `guess ${at}`)).status).toBe(401)
    expect((await signIn(uid)).status).toBe(429)
  })
})

describe('with a directory', () => {
  it('accounts are neither registered nor given new passwords here', async () => {
    const refused = [
      await client().post('/api/account', {
        name: 'somebody',
        fullname: 'Somebody',
        email_addr: 'somebody@example.org',
        password: 'correct horse battery',
      }),
      await client().post('/api/account/forgot-password', { email_addr: 'somebody@example.org' }),
      await client().post('/api/account/reset-password', {
        token: 'x',
        password: 'correct horse battery',
      }),
    ]
    for (const { status, body } of refused) {
      expect([status, body.error_code]).toEqual([403, 'directory_accounts'])
    }
    expect((await client().get('/api/session/methods')).body).toMatchObject({
      password: true,
      ldap: true,
      registration: false,
    })
  })

  it('an administrator of the command line signs in with the own password, others do not', async () => {
    const admin = await platform.make.user({ admin: true, password: 'the admin’s own' })
    expect((await signIn(admin.user.name, 'the admin’s own')).body.user.id).toBe(admin.user.id)
    const other = await platform.make.user({ password: 'from the time before' })
    expect((await signIn(other.user.name, 'from the time before')).status).toBe(401)
  })
})

describe('a directory that is away', () => {
  it('is a 503, and administrators still get in', async () => {
    const admin = await platform.make.user({ admin: true, password: 'the admin’s own' })
    const on = appWith({ LDAP_URL: 'ldap://127.0.0.1:9' })
    const answer = await signIn('anybody', PASSWORD, on)
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([503, true])
    expect((await signIn(admin.user.name, 'the admin’s own', on)).status).toBe(200)
  })

  it('is a 503 when it takes the call and says nothing', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const started = Date.now()
    const on = appWith({ LDAP_URL: `ldap://127.0.0.1:${port}` })
    expect((await signIn('anybody', PASSWORD, on)).status).toBe(503)
    expect(Date.now() - started).toBeLessThan(15_000)
    silent.close()
  })

  it('is a 503 when it does not let us search', async () => {
    const on = appWith({ LDAP_BIND_PASSWORD: 'not the reader’s' })
    expect((await signIn(person().uid, PASSWORD, on)).status).toBe(503)
  })

  it('gets no password in the clear when the address says ldaps', async () => {
    const heard: Buffer[] = []
    const plain = createServer((socket: Socket) => {
      socket.on('data', (data) => {
        heard.push(Buffer.from(data))
        socket.destroy()
      })
    }).listen(0, '127.0.0.1')
    await once(plain, 'listening')
    const { port } = plain.address() as AddressInfo
    const on = appWith({ LDAP_URL: `ldaps://127.0.0.1:${port}` })
    expect((await signIn('anybody', PASSWORD, on)).status).toBe(503)
    const bytes = Buffer.concat(heard)
    // A TLS handshake record (RFC 8446 section 5.1).
    expect(bytes[0]).toBe(0x16)
    for (const secret of [PASSWORD, platform.config.LDAP_BIND_PASSWORD ?? '', 'anybody']) {
      expect(bytes.includes(secret)).toBe(false)
    }
    plain.close()
  })
})
