import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { users } from '@manyhands/shared/users/table'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
const PATH = '/api/category'

let clients: Record<'anonymous' | 'stranger' | 'moderator' | 'admin', ApiClient>
let counter = 0
const fields = () => {
  counter += 1
  return { name: `Owls ${counter}`, short_name: `owls${counter}`, description: 'Of the night' }
}

beforeAll(async () => {
  const app = createApp(platform.ctx)
  const client = (key?: string) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [stranger, moderator, admin] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user({ admin: true }),
  ]
  await platform.ctx.db.primary
    .update(users)
    .set({ subadmin: true })
    .where(eq(users.id, moderator.user.id))
  clients = {
    anonymous: client(),
    stranger: client(stranger.apiKey),
    moderator: client(moderator.apiKey),
    admin: client(admin.apiKey),
  }
})

it('lives: made, read, changed, used at once, kept while it is used, deleted', async () => {
  const { admin, anonymous, stranger } = clients
  const sent = fields()
  const made = await admin.post(PATH, sent)
  expect(made.status).toBe(200)
  expect(made.body).toEqual({
    ...sent,
    id: made.body.id,
    created: expect.any(String),
    info: {},
  })
  const one = `${PATH}/${made.body.id}`
  expect((await anonymous.get(one)).body).toEqual({
    ...made.body,
    link: `<link rel='self' title='category' href='http://localhost:3000${one}'/>`,
  })
  const changed = await admin.put(one, { ...sent, description: 'Of the day' })
  expect(changed.body).toEqual({ ...made.body, description: 'Of the day' })
  expect((await admin.put(one, {})).body).toEqual(changed.body)

  const { name, short_name, description } = fields()
  const project = await stranger.post('/api/project', {
    name,
    short_name,
    description,
    category_id: made.body.id,
  })
  expect([project.status, project.body.category_id]).toEqual([200, made.body.id])
  expect(await admin.delete(one)).toMatchObject({
    status: 415,
    body: { action: 'DELETE', target: 'category', exception_cls: 'DBIntegrityError' },
  })
  expect((await anonymous.get(one)).status).toBe(200)

  const unused = (await admin.post(PATH, fields())).body
  expect((await admin.delete(`${PATH}/${unused.id}`)).status).toBe(204)
  expect((await admin.get(`${PATH}/${unused.id}`)).status).toBe(404)
})

it.each([
  ['anonymous', 401],
  ['stranger', 403],
  ['moderator', 200],
  ['admin', 200],
] as const)('lets %s write: %i', async (who, status) => {
  const { id } = (await clients.admin.post(PATH, fields())).body
  const client = clients[who]
  expect((await client.post(PATH, fields())).status).toBe(status)
  expect((await client.put(`${PATH}/${id}`, { description: who })).status).toBe(status)
  expect((await client.delete(`${PATH}/${id}`)).status).toBe(status === 200 ? 204 : status)
})

it('refuses in the order of the contract', async () => {
  const { admin, anonymous, stranger } = clients
  const { id } = (await admin.post(PATH, fields())).body
  const one = `${PATH}/${id}`
  const refusal = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await answer
    return [status, body.exception_cls]
  }
  for (const key of ['id', 'created']) {
    const body = { ...fields(), [key]: 1 }
    const refused = {
      status: 400,
      body: { exception_cls: 'BadRequest', exception_msg: `Reserved keys in payload: ${key}` },
    }
    expect(await anonymous.post(PATH, body)).toMatchObject(refused)
    expect(await admin.put(one, body)).toMatchObject(refused)
  }
  expect(await refusal(anonymous.post(PATH, { wrong: 1 }))).toEqual([415, 'TypeError'])
  expect(await refusal(anonymous.post(PATH, {}))).toEqual([401, 'Unauthorized'])
  expect(await refusal(admin.post(PATH, {}))).toEqual([415, 'DBIntegrityError'])
  expect(await refusal(stranger.put(one, { wrong: 1 }))).toEqual([403, 'Forbidden'])
  expect(await refusal(anonymous.put(`${PATH}/1000000`, {}))).toEqual([404, 'NotFound'])
  const taken = (await admin.post(PATH, fields())).body
  expect(await refusal(admin.post(PATH, { ...fields(), name: taken.name }))).toEqual([
    415,
    'DBIntegrityError',
  ])
  expect(await refusal(admin.put(one, { short_name: taken.short_name }))).toEqual([
    415,
    'DBIntegrityError',
  ])
})
