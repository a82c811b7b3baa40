import { ApiClient } from '@manyhands/shared/testing/api-client'
import { orderedMails } from '@manyhands/shared/testing/ordered-mails'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
const password = 'correct horse'
const browser = () => new ApiClient((request) => app.fetch(request))

async function signedIn(flags: { admin?: boolean } = {}) {
  const { user, apiKey } = await platform.make.user({ password, ...flags })
  const client = browser()
  await client.post('/api/session', { login: user.name, password })
  const script = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  return { user, client, script }
}
const erase = (client: ApiClient, body: unknown = { password }) =>
  client.send('DELETE', '/api/account', body)

describe('an account that is erased', () => {
  it('is dead at once: its sessions, its key, its name', async () => {
    const { user, client, script } = await signedIn()
    const other = browser()
    await other.post('/api/session', { login: user.name, password })
    expect((await script.get('/api/session')).body.user.id).toBe(user.id)

    expect((await erase(client)).status).toBe(204)

    for (const each of [client, other, script]) {
      expect((await each.get('/api/session')).body.user).toBeNull()
    }
    expect((await browser().post('/api/session', { login: user.name, password })).status).toBe(401)
    expect((await browser().get(`/api/user/${user.id}`)).status).toBe(404)
    expect((await browser().get(`/api/users/${user.name}`)).status).toBe(404)
    expect((await browser().get(`/api/user?name=${user.name}`)).body).toEqual([])
  })

  it('holds nothing of its person, and frees name and address', async () => {
    const { user, client } = await signedIn()
    await client.put('/api/account', {
      fullname: 'Very Personal',
      info: { note: 'private' },
      ckan_api: `key-${user.id}`,
      user_pref: { languages: ['fr'] },
    })
    await erase(client)
    const [row] = await platform.ctx.db.primary.execute(
      sql`select * from users where id = ${user.id}`,
    )
    const text = JSON.stringify(row)
    for (const trace of [
      user.name,
      'Very Personal',
      'private',
      user.emailAddr,
      `key-${user.id}`,
      'fr"',
    ])
      expect(text).not.toContain(trace)
    const again = { name: user.name, email_addr: user.emailAddr, fullname: 'Again', password }
    expect((await browser().post('/api/account', again)).status).toBe(200)
  })

  it('is told so at its old address', async () => {
    const { user, client } = await signedIn()
    await client.post('/api/account/send-confirmation')
    await erase(client)
    expect(await orderedMails(platform.ctx, user.emailAddr)).toMatchObject([
      { kind: 'account-erased', fullname: user.fullname },
    ])
  })

  it('leaves the projects that it helped with', async () => {
    const { user, client } = await signedIn()
    const project = await platform.make.project()
    await platform.ctx.db.primary.execute(sql`
      update projects set owners_ids = array[owner_id, ${user.id}::int], testers_ids = array[${user.id}::int],
        pending_owner_id = ${user.id}, pending_owner_login = ${user.name} where id = ${project.id}`)
    await erase(client)
    const [row] = await platform.ctx.db.primary.execute(
      sql`select owners_ids, testers_ids, pending_owner_id, pending_owner_login from projects where id = ${project.id}`,
    )
    expect(row).toEqual({
      owners_ids: [project.ownerId],
      testers_ids: [],
      pending_owner_id: null,
      pending_owner_login: null,
    })
  })
})

describe('erasing is refused', () => {
  it('while the account owns projects, with their names', async () => {
    const { user, client } = await signedIn()
    const project = await platform.make.project({ ownerId: user.id })
    const old = await platform.make.project({ ownerId: user.id, trashed: new Date().toISOString() })
    const { status, body } = await erase(client)
    expect([status, body.error_code, body.issues]).toEqual([
      403,
      'owns_projects',
      [
        { field: project.shortName, message: 'is yours' },
        { field: old.shortName, message: 'is yours, in the trash' },
      ],
    ])
    expect((await client.get('/api/session')).body.user.id).toBe(user.id)
  })

  it.each([
    ['a wrong password', { password: 'nonsense' }, 415],
    ['no password', {}, 415],
    ['another field', { password, sure: true }, 415],
  ])('for %s', async (_what, body, expected) => {
    const { client, user } = await signedIn()
    expect((await erase(client, body)).status).toBe(expected)
    expect((await client.get('/api/session')).body.user.id).toBe(user.id)
  })

  it('for a script and for nobody', async () => {
    const { script } = await signedIn()
    expect((await erase(script)).status).toBe(403)
    expect((await erase(browser())).status).toBe(401)
  })

  it('for the last admin', async () => {
    const { client } = await signedIn({ admin: true })
    const refused = await erase(client)
    expect([refused.status, refused.body.error_code]).toEqual([403, 'last_admin'])
    await platform.make.user({ admin: true })
    expect((await erase(client)).status).toBe(204)
  })

  it('without a password, unless the sign-in is of the last minutes', async () => {
    const { client, user } = await signedIn()
    const { db } = platform.ctx
    await db.primary.execute(sql`update users set passwd_hash = null where id = ${user.id}`)
    await db.primary.execute(
      sql`update sessions set created = now() - interval '11 minutes' where user_id = ${user.id}`,
    )
    const late = await client.delete('/api/account')
    expect([late.status, late.body.error_code]).toEqual([403, 'sign_in_again'])
    await db.primary.execute(sql`update sessions set created = now() where user_id = ${user.id}`)
    expect((await client.delete('/api/account')).status).toBe(204)
  })
})
