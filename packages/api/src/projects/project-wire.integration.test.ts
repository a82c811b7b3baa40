import { selectRows } from '@manyhands/shared/db/raw'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let client: (key?: string) => ApiClient
let owner: ApiClient
let ownerId: number
let stranger: ApiClient
let admin: ApiClient

beforeAll(async () => {
  const app = createApp(platform.ctx)
  client = (key) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [one, two, three] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user({ admin: true }),
  ]
  ownerId = one.user.id
  owner = client(one.apiKey)
  stranger = client(two.apiKey)
  admin = client(three.apiKey)
})

let counter = 0
const fresh = () => {
  const name = `wire-${++counter}`
  return { name, short_name: name, description: 'of the wire' }
}
const create = async (fields: Record<string, unknown> = {}) =>
  (await owner.post('/api/project', { ...fresh(), ...fields })).body

describe('POST /api/project', () => {
  it('answers 200 with every column, its defaults and its owner', async () => {
    const { status, body } = await owner.post('/api/project', fresh())
    expect(status).toBe(200)
    expect(body).toMatchObject({
      published: false,
      featured: false,
      contacted: false,
      allow_anonymous_contributors: true,
      zip_download: true,
      webhook: null,
      long_description: null,
      owner_id: ownerId,
      owners_ids: [ownerId],
      info: {},
    })
    expect(body.category_id).toBeGreaterThan(0)
    for (const key of ['secret_key', 'link', 'links']) expect(body).not.toHaveProperty(key)
  })

  it.each([
    [{ id: 1 }, 400, 'BadRequest', 'Reserved keys in payload'],
    [{ created: 'now' }, 400, 'BadRequest', 'Reserved keys in payload'],
    [{ updated: 'now' }, 400, 'BadRequest', 'Reserved keys in payload'],
    [{ completed: true }, 400, 'BadRequest', 'Reserved keys in payload'],
    [{ contacted: true }, 400, 'BadRequest', 'Reserved keys in payload'],
    [{ secret_key: 'x' }, 400, 'BadRequest', 'Reserved keys in payload'],
    [{ published: true }, 403, 'Forbidden', 'You cannot publish a project via the API'],
    [{ published: true, id: 1 }, 403, 'Forbidden', 'You cannot publish a project via the API'],
    [{ id: 1, published: true }, 400, 'BadRequest', 'Reserved keys in payload'],
    [{ colour: 'red' }, 415, 'TypeError', 'colour'],
    [{ featured: true }, 403, 'Forbidden', 'featured'],
    [{ category_id: 9_999 }, 400, 'BadRequest', 'category_id does not exist'],
    [{ category_id: 'art' }, 415, 'ValueError', 'category_id'],
    [{ name: '' }, 415, 'DBIntegrityError', 'name'],
    [{ short_name: '' }, 415, 'DBIntegrityError', 'short_name'],
    [{ description: '' }, 415, 'DBIntegrityError', 'description'],
    [{ description: undefined }, 415, 'DBIntegrityError', 'description'],
    [{ name: null }, 415, 'DBIntegrityError', 'name'],
    [{ name: 'x'.repeat(256) }, 415, 'DataError', 'name'],
    [{ short_name: 'new' }, 415, 'ValueError', 'used by the system'],
    [{ short_name: 'category' }, 415, 'ValueError', 'used by the system'],
    [{ short_name: '<short_name>' }, 415, 'ValueError', 'used by the system'],
    [{ short_name: 'a/b' }, 415, 'DataError', 'short_name'],
    [{ info: [1] }, 415, 'DataError', 'info'],
    [{ info: 'text' }, 415, 'DataError', 'info'],
    [{ webhook: 'http://127.0.0.1/hook' }, 415, 'ValueError', 'private network'],
    [{ webhook: 'ftp://example.org/' }, 415, 'DataError', 'webhook'],
  ])('refuses %j with %i %s', async (fields, status, exception, message) => {
    const answer = await owner.post('/api/project', { ...fresh(), ...fields })
    expect([answer.status, answer.body.exception_cls]).toEqual([status, exception])
    expect(answer.body.exception_msg).toContain(message)
  })

  it('refuses a name and a short name that are taken as pbs expects it', async () => {
    const { name, short_name } = await create()
    for (const taken of [{ name }, { short_name }]) {
      const { status, body } = await owner.post('/api/project', { ...fresh(), ...taken })
      expect([status, body.exception_cls, body.target]).toEqual([
        415,
        'DBIntegrityError',
        'project',
      ])
    }
  })

  it('tells a stranger of reserved and unknown fields before it asks who that is', async () => {
    const statuses = []
    for (const fields of [{ id: 1 }, { colour: 1 }, { name: '' }, {}]) {
      statuses.push((await client().post('/api/project', { ...fresh(), ...fields })).status)
    }
    expect(statuses).toEqual([400, 415, 401, 401])
  })

  it('belongs to the caller, whoever the body names', async () => {
    const body = await create({ owner_id: 9_999, owners_ids: [9_999] })
    expect([body.owner_id, body.owners_ids]).toEqual([ownerId, [ownerId]])
  })

  it('takes a category given as text', async () => {
    const { category_id } = await create()
    expect((await create({ category_id: String(category_id) })).category_id).toBe(category_id)
  })
})

describe('PUT /api/project/<id>', () => {
  it('takes the whole object back, and changes only what differs', async () => {
    const { id } = await create({ info: { sched: 'default', mine: [1, { b: 2 }] }, webhook: '' })
    const { body: read } = await owner.get(`/api/project/${id}?stats=1`)
    const { id: _, created, updated, contacted, published, ...whole } = read
    const { status, body } = await owner.put(`/api/project/${id}`, {
      ...whole,
      long_description: '# new',
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({ long_description: '# new', info: read.info, webhook: '' })
  })

  it('takes back what rules younger than the object would refuse', async () => {
    const { id } = await create()
    await platform.ctx.db.primary.execute(
      sql`update projects set short_name = 'old/name', webhook = 'http://10.0.0.1/' where id = ${id}`,
    )
    const { body } = await owner.get(`/api/project/${id}`)
    const { short_name, webhook } = body
    expect((await owner.put(`/api/project/${id}`, { short_name, webhook })).status).toBe(200)
  })

  it('replaces info as a whole', async () => {
    const { id } = await create({ info: { a: 1, b: 2 } })
    expect((await owner.put(`/api/project/${id}`, { info: { b: 3 } })).body.info).toEqual({ b: 3 })
  })

  it('never stores or shows a password that can be read', async () => {
    const { id } = await create({ info: { passwd_hash: 'signed', kept: 1 } })
    await owner.put(`/api/project/${id}`, { info: { passwd_hash: 'signed', kept: 2 } })
    const rows = await selectRows<{ text: string }>(
      platform.ctx.db.primary,
      sql`select info::text || coalesce((select string_agg(coalesce(old_value, '') || coalesce(new_value, ''), ' ')
        from audit_log where project_id = ${id}), '') as text from projects where id = ${id}`,
    )
    expect(rows[0]?.text).toContain('"kept": 2')
    expect(rows[0]?.text).not.toContain('signed')
  })

  it.each([
    ['anonymous', () => client(), 401],
    ['a stranger', () => stranger, 403],
  ])('refuses %s before it looks at the body', async (_, who, status) => {
    const { id } = await create()
    for (const body of [{ id: 1 }, { colour: 1 }, { name: '' }]) {
      expect((await who().put(`/api/project/${id}`, body)).status).toBe(status)
    }
  })

  it.each([
    [{ secret_key: 'x' }, 400, 'BadRequest'],
    [{ published: true }, 403, 'Forbidden'],
    [{ published: false }, 403, 'Forbidden'],
    [{ featured: true }, 403, 'Forbidden'],
    [{ owner_id: 9_999 }, 403, 'Forbidden'],
    [{ owners_ids: [9_999] }, 403, 'Forbidden'],
    [{ colour: 1 }, 415, 'TypeError'],
    [{ category_id: 9_999 }, 415, 'DBIntegrityError'],
    [{ category_id: 'art' }, 415, 'ValueError'],
    [{ name: '' }, 415, 'DBIntegrityError'],
    [{ info: [] }, 415, 'DataError'],
    [{ info: null }, 415, 'DBIntegrityError'],
    [{ webhook: 'http://169.254.169.254/latest' }, 415, 'ValueError'],
  ])('refuses %j with %i %s, to admins too', async (fields, status, exception) => {
    const { id } = await create()
    for (const who of [owner, admin]) {
      const answer = await who.put(`/api/project/${id}`, fields)
      expect([answer.status, answer.body.exception_cls]).toEqual([status, exception])
    }
  })

  it('knows no project that there is not, and none in another one’s name', async () => {
    expect((await owner.put('/api/project/999999', { name: 'x' })).status).toBe(404)
  })
})

describe('the audit log', () => {
  it('has a line for each changed attribute and each first-level key of info', async () => {
    const { id } = await create({ info: { gone: 1, kept: 2, changed: 3 } })
    await owner.put(`/api/project/${id}`, {
      long_description: 'longer',
      info: { kept: 2, changed: { deep: true }, added: 'x' },
    })
    const rows = await selectRows(
      platform.ctx.db.primary,
      sql`select action, attribute, old_value, new_value, user_id from audit_log
        where project_id = ${id} order by attribute`,
    )
    const by = { user_id: ownerId }
    expect(rows).toEqual([
      { action: 'update', attribute: 'info.added', old_value: null, new_value: 'x', ...by },
      {
        action: 'update',
        attribute: 'info.changed',
        old_value: '3',
        new_value: '{"deep":true}',
        ...by,
      },
      { action: 'update', attribute: 'info.gone', old_value: '1', new_value: null, ...by },
      {
        action: 'update',
        attribute: 'long_description',
        old_value: null,
        new_value: 'longer',
        ...by,
      },
      {
        action: 'create',
        attribute: 'project',
        old_value: null,
        new_value: expect.any(String),
        ...by,
      },
    ])
  })
})

describe('DELETE /api/project/<id>', () => {
  it('deletes at once, and the second time there is nothing', async () => {
    const { id } = await create()
    await owner.post('/api/task', { project_id: id, info: {} })
    expect((await stranger.delete(`/api/project/${id}`)).status).toBe(403)
    const { status, body } = await owner.send('DELETE', `/api/project/${id}`, 'null')
    expect([status, body]).toEqual([204, ''])
    expect((await owner.delete(`/api/project/${id}`)).status).toBe(404)
  })

  it('answers 403 to everybody while there are results', async () => {
    const project = await platform.make.project({ ownerId })
    const [task] = await platform.make.tasks(1, { project })
    await platform.ctx.db.primary.execute(
      sql`insert into results (project_id, task_id, task_run_ids) values (${project.id}, ${task?.id ?? 0}, '{}')`,
    )
    for (const who of [owner, admin]) {
      expect((await who.delete(`/api/project/${project.id}`)).status).toBe(403)
    }
  })
})
