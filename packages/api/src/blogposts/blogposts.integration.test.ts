import { updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { measureCounters } from '@manyhands/shared/stats/measure-counters'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { users } from '@manyhands/shared/users/table'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()

type Who = 'anonymous' | 'stranger' | 'writer' | 'coOwner' | 'owner' | 'moderator' | 'admin'
let clients: Record<Who, ApiClient>
let project: ProjectRow
let ownerId: number
let coOwnerId: number

beforeAll(async () => {
  const app = createApp(platform.ctx)
  const client = (key?: string) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [owner, coOwner, writer, stranger, moderator, admin] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user({ admin: true }),
  ]
  await platform.ctx.db.primary
    .update(users)
    .set({ subadmin: true })
    .where(eq(users.id, moderator.user.id))
  project = await platform.make.project({ ownerId: owner.user.id })
  ownerId = owner.user.id
  coOwnerId = coOwner.user.id
  clients = {
    anonymous: client(),
    stranger: client(stranger.apiKey),
    writer: client(writer.apiKey),
    coOwner: client(coOwner.apiKey),
    owner: client(owner.apiKey),
    moderator: client(moderator.apiKey),
    admin: client(admin.apiKey),
  }
  // The writer was an owner when they wrote.
  await owners([ownerId, coOwnerId, writer.user.id])
  hidden = (await clients.writer.post('/api/blogpost', post())).body.id
  await owners([ownerId, coOwnerId])
})

let hidden: number
const post = (fields: Record<string, unknown> = {}) => ({
  project_id: project.id,
  title: 'Owls',
  body: 'Ten of them',
  ...fields,
})

async function owners(ownersIds: number[]): Promise<void> {
  await updateProject(platform.ctx.db.primary, project.id, { ownersIds })
  await platform.ctx.cache.drop(`project:${project.id}`)
}

describe('a post that is not published', () => {
  it.each([
    ['anonymous', 401],
    ['stranger', 403],
    ['writer', 200],
    ['coOwner', 200],
    ['owner', 200],
    ['moderator', 200],
    ['admin', 200],
  ] as const)('answers %s with %i', async (who, status) => {
    expect((await clients[who].get(`/api/blogpost/${hidden}`)).status).toBe(status)
    const { body } = await clients[who].get(`/api/blogpost?all=1&id=${hidden}`)
    expect(body).toHaveLength(status === 200 ? 1 : 0)
  })
})

it.each([
  ['anonymous', 401],
  ['stranger', 403],
  ['moderator', 403],
  ['writer', 200],
  ['coOwner', 200],
  ['owner', 200],
  ['admin', 200],
] as const)('lets %s change what another has written: %i', async (who, status) => {
  expect((await clients[who].put(`/api/blogpost/${hidden}`, { body: who })).status).toBe(status)
})

it('is signed by whoever wrote it', async () => {
  expect((await clients.coOwner.post('/api/blogpost', post())).body.user_id).toBe(coOwnerId)
})

it('moves its own time and that of its project', async () => {
  const projectUpdated = async () =>
    (await clients.owner.get(`/api/project/${project.id}`)).body.updated
  const before = await projectUpdated()
  const made = (await clients.owner.post('/api/blogpost', post())).body
  const between = await projectUpdated()
  expect(between > before).toBe(true)

  const changed = (await clients.owner.put(`/api/blogpost/${made.id}`, { body: 'Eleven' })).body

  expect(changed.created).toBe(made.created)
  expect(changed.updated > made.updated).toBe(true)
  expect((await projectUpdated()) > between).toBe(true)
})

it('is counted, as a recount would', async () => {
  const counted = async () => {
    const { primary } = platform.ctx.db
    return {
      n: (await findProjectStats(primary, project.id))?.nBlogposts ?? 0,
      drift: (await measureCounters(primary, project.id))?.blogposts,
    }
  }
  const { n, drift } = await counted()
  expect(drift).toBe(0)
  const { id } = (await clients.owner.post('/api/blogpost', post())).body
  expect(await counted()).toEqual({ n: n + 1, drift: 0 })
  await clients.owner.delete(`/api/blogpost/${id}`)
  expect(await counted()).toEqual({ n, drift: 0 })
})

it.each([
  [{ title: null }, 'DBIntegrityError'],
  [{ title: 'x'.repeat(256) }, 'DataError'],
  [{ body: undefined }, 'DBIntegrityError'],
  [{ published: 'yes' }, 'DataError'],
] as const)('refuses %j as %s', async (fields, exception) => {
  expect(await clients.owner.post('/api/blogpost', post(fields))).toMatchObject({
    status: 415,
    body: { exception_cls: exception, issues: [{ field: Object.keys(fields)[0] }] },
  })
})
