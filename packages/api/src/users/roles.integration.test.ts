import { ApiClient } from '@manyhands/shared/testing/api-client'
import { orderedMails } from '@manyhands/shared/testing/ordered-mails'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})

async function someone(flags: { admin?: boolean; name?: string; password?: string } = {}) {
  const { user, apiKey } = await platform.make.user(flags)
  const client = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  return { user, client, roles: `/api/admin/users/${user.id}/roles` }
}
let admin: Awaited<ReturnType<typeof someone>>
beforeEach(async () => {
  await platform.ctx.db.primary.execute(sql`update users set admin = false`)
  await platform.ctx.cache.drop()
  admin = await someone({ admin: true })
})
const anonymous = () => new ApiClient((request) => app.fetch(request))

describe('finding accounts', () => {
  it('is for admins', async () => {
    const { client, user } = await someone()
    await platform.ctx.db.primary.execute(
      sql`update users set subadmin = true where id = ${user.id}`,
    )
    expect((await anonymous().get('/api/admin/users')).status).toBe(401)
    expect((await client.get('/api/admin/users')).status).toBe(403)
    expect((await admin.client.get('/api/admin/users')).status).toBe(200)
  })

  it('goes by the beginnings of words in name, fullname and address, and shows no secret', async () => {
    const { user } = await someone({ name: 'Zora-Neale' })
    for (const search of ['zora', 'ZORA-N', 'test zor', 'zora-neale@example.org', "zora' !&"]) {
      const { body } = await admin.client.get(
        `/api/admin/users?search=${encodeURIComponent(search)}`,
      )
      expect([search, body.items.map(({ id }: { id: number }) => id)]).toEqual([search, [user.id]])
    }
    const { body } = await admin.client.get('/api/admin/users?search=zora')
    expect(body.items[0]).toEqual({
      id: user.id,
      created: user.created,
      name: 'Zora-Neale',
      fullname: 'Test Zora-Neale',
      email_addr: 'Zora-Neale@example.org',
      valid_email: false,
      locale: 'en',
      restrict: false,
      admin: false,
      subadmin: false,
      pro: false,
    })
    expect((await admin.client.get('/api/admin/users?search=ora')).body.items).toEqual([])
  })

  it('is paged, the newest first, with nobody twice', async () => {
    for (let at = 0; at < 5; at++) await someone({ name: `paged${at}` })
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const query: string = `search=paged&limit=2${next && `&before=${next}`}`
      const { body } = await admin.client.get(`/api/admin/users?${query}`)
      seen.push(...body.items.map(({ name }: { name: string }) => name))
      next = body.next
    }
    expect(seen).toEqual(['paged4', 'paged3', 'paged2', 'paged1', 'paged0'])
  })

  it('has its index', async () => {
    const rows = await platform.ctx.db.primary.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`)
      return tx.execute(sql`explain select * from users
        where to_tsvector('simple', name || ' ' || fullname || ' ' || email_addr) @@ to_tsquery('simple', '''zo'':*')`)
    })
    expect(JSON.stringify(rows)).toContain('users_search_idx')
  })

  it.each(['limit=many', 'before=x', `search=${'x'.repeat(101)}`])('refuses %s', async (query) => {
    expect((await admin.client.get(`/api/admin/users?${query}`)).status).toBe(415)
  })
})

describe('a role', () => {
  it('is given by admins only', async () => {
    const { roles, client } = await someone()
    expect((await anonymous().put(roles, { pro: true })).status).toBe(401)
    expect((await client.put(roles, { pro: true })).status).toBe(403)
    expect(
      (await admin.client.put('/api/admin/users/2147483647/roles', { pro: true })).status,
    ).toBe(404)
    expect((await admin.client.put(roles, { king: true })).status).toBe(415)
  })

  it('takes effect at once, is written down and told, and ends the sessions', async () => {
    const { user, client, roles } = await someone({ password: 'correct horse' })
    const browser = anonymous()
    await browser.post('/api/session', { login: user.name, password: 'correct horse' })
    expect((await browser.get('/api/session')).body.user.id).toBe(user.id)
    expect((await client.get('/api/admin/users')).status).toBe(403)

    const given = await admin.client.put(roles, { admin: true, pro: true })

    expect([given.status, given.body]).toEqual([
      200,
      expect.objectContaining({ id: user.id, admin: true, pro: true, subadmin: false }),
    ])
    expect((await client.get('/api/admin/users')).status).toBe(200)
    expect((await browser.get('/api/session')).body.user).toBeNull()
    const audit = await platform.ctx.db.primary.execute(sql`
      select project_id, user_id, attribute, old_value, new_value from audit_log
      where attribute like ${`user.${user.id}.%`} order by attribute`)
    const by = { project_id: null, user_id: admin.user.id, old_value: 'false', new_value: 'true' }
    expect([...audit]).toEqual([
      { ...by, attribute: `user.${user.id}.admin` },
      { ...by, attribute: `user.${user.id}.pro` },
    ])
    expect(await orderedMails(platform.ctx, user.emailAddr)).toMatchObject([
      { kind: 'role-changed', data: { roles: ['admin', 'pro'] } },
    ])
  })

  it('that somebody has already changes nothing', async () => {
    const { user, roles } = await someone()
    expect((await admin.client.put(roles, { pro: false })).status).toBe(200)
    expect(await orderedMails(platform.ctx, user.emailAddr)).toEqual([])
  })

  it('of one’s own stays: the right to administer', async () => {
    await someone({ admin: true })
    for (const [path, body] of [
      [admin.roles, { admin: false }],
      [`/api/user/${admin.user.id}`, { admin: false }],
    ] as const) {
      const refused = await admin.client.put(path, body)
      expect([refused.status, refused.body.error_code]).toEqual([403, 'own_role'])
    }
    expect((await admin.client.put(admin.roles, { pro: true })).status).toBe(200)
  })

  it('is not taken from the last admin, even when two take each other’s at once', async () => {
    const other = await someone({ admin: true })
    const answers = await Promise.all([
      admin.client.put(other.roles, { admin: false }),
      other.client.put(admin.roles, { admin: false }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
    const rows = await platform.ctx.db.primary.execute(sql`select id from users where admin`)
    expect(rows).toHaveLength(1)
  })
})

describe('the page of a person', () => {
  it('shows what they have made and answered, to whom they show it', async () => {
    const { user, client } = await someone()
    const made = await platform.make.project({ ownerId: user.id })
    await platform.make.project({ ownerId: user.id, published: false })
    const answered = await platform.make.project()
    await platform.ctx.db.primary.execute(sql`
      insert into project_volunteers (project_id, volunteer_key, user_id, n_task_runs, last_activity)
      values (${answered.id}, ${`account:${user.id}`}, ${user.id}, 1, now())`)
    const ids = (cards: Array<{ id: number }> | null) => cards?.map(({ id }) => id) ?? null
    const path = `/api/users/${user.name.toUpperCase()}`

    const hidden = (await anonymous().get(path)).body
    expect(hidden).toMatchObject({ name: user.name, fullname: null, created: null })
    expect([ids(hidden.projects_created), ids(hidden.projects_contributed)]).toEqual([
      [made.id],
      null,
    ])
    const own = (await client.get(path)).body
    expect([own.fullname, ids(own.projects_contributed)]).toEqual([user.fullname, [answered.id]])
    await client.put('/api/account', { privacy_mode: false })
    const open = (await anonymous().get(path)).body
    expect(open).toMatchObject({ fullname: user.fullname, created: user.created })
    expect(ids(open.projects_contributed)).toEqual([answered.id])
  })

  it('is not there when they have restricted their account, but for themselves', async () => {
    const { user, client } = await someone()
    await client.put('/api/account', { restrict: true })
    expect((await anonymous().get(`/api/users/${user.name}`)).status).toBe(404)
    expect((await admin.client.get(`/api/users/${user.name}`)).status).toBe(404)
    expect((await client.get(`/api/users/${user.name}`)).status).toBe(200)
    expect((await anonymous().get('/api/users/nobody-at-all')).status).toBe(404)
  })
})
