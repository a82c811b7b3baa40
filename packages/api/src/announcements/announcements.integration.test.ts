import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { users } from '@manyhands/shared/users/table'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()

let clients: Record<'anonymous' | 'stranger' | 'moderator' | 'admin', ApiClient>

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

const PATH = '/api/announcement'
const NEWS = { title: 'Maintenance', body: 'On Sunday at *six*.' }

it('lives: made, read, listed, changed as a whole, deleted', async () => {
  const made = await clients.admin.post(PATH, { ...NEWS, published: true })
  expect(made.status).toBe(200)
  const { id } = made.body
  expect(made.body).toMatchObject({ ...NEWS, info: {}, media_url: null, published: true })
  expect(made.body.user_id).toEqual(expect.any(Number))

  const read = await clients.admin.get(`${PATH}/${id}`)
  expect(read.body).toEqual({
    ...made.body,
    link: `<link rel='self' title='announcement' href='http://localhost:3000/api/announcement/${id}'/>`,
  })
  expect((await clients.anonymous.get(PATH)).body).toEqual([read.body])

  const { id: _, created, updated, user_id, ...rest } = read.body
  const changed = await clients.admin.put(`${PATH}/${id}`, { ...rest, title: 'Put off' })
  expect(changed.body).toMatchObject({ title: 'Put off', created, user_id })
  expect(changed.body.updated > updated).toBe(true)

  expect((await clients.admin.delete(`${PATH}/${id}`)).status).toBe(204)
  expect((await clients.admin.get(`${PATH}/${id}`)).status).toBe(404)
})

it.each([
  ['anonymous', 401],
  ['stranger', 403],
  ['moderator', 200],
  ['admin', 200],
] as const)('lets %s write it, and see it before it is published: %i', async (who, status) => {
  const { id } = (await clients.admin.post(PATH, NEWS)).body
  const client = clients[who]
  expect((await client.get(`${PATH}/${id}`)).status).toBe(status)
  expect((await client.get(`${PATH}?id=${id}`)).body).toHaveLength(status === 200 ? 1 : 0)
  expect((await client.post(PATH, NEWS)).status).toBe(status)
  expect((await client.put(`${PATH}/${id}`, NEWS)).status).toBe(status)
  expect((await client.delete(`${PATH}/${id}`)).status).toBe(status === 200 ? 204 : status)
})

it.each(['id', 'created', 'updated', 'user_id'])('refuses the reserved key %s', async (key) => {
  expect(await clients.anonymous.post(PATH, { ...NEWS, [key]: 1 })).toMatchObject({
    status: 400,
    body: {
      action: 'POST',
      target: 'announcement',
      exception_cls: 'BadRequest',
      exception_msg: 'Reserved keys in payload',
    },
  })
})

it('is of no project', async () => {
  expect(await clients.admin.post(PATH, { ...NEWS, project_id: 1 })).toMatchObject({
    status: 415,
    body: { exception_cls: 'TypeError', exception_msg: expect.stringContaining('project_id') },
  })
  expect((await clients.admin.get(`${PATH}?project_id=1`)).body.exception_cls).toBe(
    'AttributeError',
  )
})
