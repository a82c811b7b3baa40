import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let clients: Record<'anonymous' | 'stranger' | 'coOwner' | 'owner' | 'admin', ApiClient>
let draftId: number
let taskId: number
let draftName: string

beforeAll(async () => {
  const app = createApp(platform.ctx)
  const client = (key?: string) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  const [owner, coOwner, stranger, admin] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user({ admin: true }),
  ]
  const draft = await platform.make.project({ ownerId: owner.user.id, published: false })
  const { updateProject } = await import('@manyhands/shared/projects/repository')
  await updateProject(platform.ctx.db.primary, draft.id, {
    ownersIds: [owner.user.id, coOwner.user.id],
    info: { passwd_hash: 'hidden', results: 'owners only', sched: 'default' },
  })
  const [task] = await platform.make.tasks(1, { project: draft })
  draftId = draft.id
  draftName = draft.shortName
  taskId = task?.id ?? 0
  clients = {
    anonymous: client(),
    stranger: client(stranger.apiKey),
    coOwner: client(coOwner.apiKey),
    owner: client(owner.apiKey),
    admin: client(admin.apiKey),
  }
})

const EXPECTED = { anonymous: 401, stranger: 403, coOwner: 200, owner: 200, admin: 200 } as const

describe('a draft', () => {
  it.each(Object.entries(EXPECTED))('answers %s with %i', async (who, status) => {
    const client = clients[who as keyof typeof EXPECTED]
    const paths = [
      `/api/project/${draftId}`,
      `/api/task/${taskId}`,
      `/api/project/${draftId}/newtask`,
      `/api/projects/${draftName}`,
    ]
    for (const path of paths)
      expect([path, (await client.get(path)).status]).toEqual([path, status])
    const listed = status === 200 ? 1 : 0
    expect((await client.get(`/api/project?all=1&id=${draftId}`)).body).toHaveLength(listed)
    expect((await client.get(`/api/task?all=1&project_id=${draftId}`)).body).toHaveLength(listed)
  })

  it.each(Object.entries(EXPECTED))('lets %s change it: %i', async (who, status) => {
    const client = clients[who as keyof typeof EXPECTED]
    expect((await client.put(`/api/project/${draftId}`, { long_description: who })).status).toBe(
      status,
    )
    expect((await client.post('/api/task', { project_id: draftId, info: {} })).status).toBe(status)
  })
})

it('never shows a secret, not even to its owner', async () => {
  const { body } = await clients.owner.get(`/api/project/${draftId}`)
  expect(body.info).toEqual({ results: 'owners only', sched: 'default' })
  expect(body).not.toHaveProperty('secret_key')
  for (const probe of ['secret_key=x', 'passwd_hash=x']) {
    expect((await clients.anonymous.get(`/api/project?${probe}`)).status).toBe(415)
  }
})

it('takes a whole object back, and refuses what only the server writes', async () => {
  const { body } = await clients.owner.get(`/api/project/${draftId}`)
  const { id, created, updated, contacted, published, ...rest } = body
  expect(
    (await clients.owner.put(`/api/project/${draftId}`, { ...rest, description: 'new' })).body
      .description,
  ).toBe('new')
  expect(
    (await clients.owner.put(`/api/project/${draftId}`, { ...rest, featured: true })).status,
  ).toBe(403)
  expect(
    (await clients.owner.put(`/api/project/${draftId}`, { ...rest, owner_id: 1_000 })).status,
  ).toBe(403)
  expect((await clients.owner.put(`/api/project/${draftId}`, { id })).status).toBe(400)
  expect(
    (await clients.owner.put(`/api/project/${draftId}`, { published: true })).body.exception_msg,
  ).toBe('You cannot publish a project via the API')
})
