import { updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()

type Who = 'anonymous' | 'stranger' | 'coOwner' | 'owner' | 'admin'
let clients: Record<Who, ApiClient>
let project: ProjectRow
let draft: ProjectRow

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
  const owned = async (published: boolean) => {
    const made = await platform.make.project({ ownerId: owner.user.id, published })
    const ownersIds = [owner.user.id, coOwner.user.id]
    return (await updateProject(platform.ctx.db.primary, made.id, { ownersIds })) ?? made
  }
  project = await owned(true)
  draft = await owned(false)
  clients = {
    anonymous: client(),
    stranger: client(stranger.apiKey),
    coOwner: client(coOwner.apiKey),
    owner: client(owner.apiKey),
    admin: client(admin.apiKey),
  }
})

interface Kind {
  name: string
  /** What a new one needs besides its project. */
  needs: Record<string, unknown>
  fields: string[]
  change: Record<string, unknown>
  reserved: string[]
  refusal: (key: string) => string
  className: string
}

const KINDS: Kind[] = [
  {
    name: 'blogpost',
    needs: { title: 'Owls', body: 'We found **ten**.', published: true },
    fields: 'id created updated project_id user_id title body info media_url published'.split(' '),
    change: { title: 'More owls', info: { seen: [1, 2] } },
    reserved: ['id', 'created', 'updated', 'user_id'],
    refusal: (key) => `Reserved keys in payload: ${key}`,
    className: 'Blogpost',
  },
  {
    name: 'page',
    needs: { slug: 'about' },
    fields: 'id created slug project_id info media_url'.split(' '),
    change: { slug: 'contact', info: { structure: ['header', 'map'] } },
    reserved: ['id', 'created'],
    refusal: () => 'Reserved keys in payload',
    className: 'Page',
  },
  {
    name: 'helpingmaterial',
    needs: {},
    fields: 'id created project_id info media_url priority'.split(' '),
    change: { priority: 0.5, info: { subject: 'owl' } },
    reserved: ['id', 'created'],
    refusal: () => 'Reserved keys in payload',
    className: 'HelpingMaterial',
  },
]

describe.each(KINDS)('$name', (kind) => {
  const path = `/api/${kind.name}`
  const make = async (of = project, by: ApiClient = clients.owner) =>
    (await by.post(path, { project_id: of.id, ...kind.needs })).body

  it('lives: made, read, listed, changed as a whole, deleted', async () => {
    const made = await clients.owner.post(path, { project_id: project.id, ...kind.needs })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({
      project_id: project.id,
      info: {},
      media_url: null,
      ...kind.needs,
    })
    expect(Object.keys(made.body).sort()).toEqual([...kind.fields].sort())
    const { id } = made.body

    const read = await clients.owner.get(`${path}/${id}`)
    expect(read.body).toEqual({
      ...made.body,
      link: `<link rel='self' title='${kind.name}' href='http://localhost:3000/api/${kind.name}/${id}'/>`,
      links: [
        `<link rel='parent' title='project' href='http://localhost:3000/api/project/${project.id}'/>`,
      ],
    })
    expect((await clients.owner.get(`${path}?id=${id}`)).body).toEqual([read.body])

    const sentBack = Object.fromEntries(
      Object.entries(read.body).filter(([key]) => !kind.reserved.includes(key)),
    )
    const changed = await clients.owner.put(`${path}/${id}`, { ...sentBack, ...kind.change })
    expect(changed.status).toBe(200)
    const { updated: _moves, ...same } = made.body
    expect(changed.body).toMatchObject({ ...same, ...kind.change })
    expect(changed.body).not.toHaveProperty('link')

    const deleted = await clients.owner.send('DELETE', `${path}/${id}`, 'null')
    expect([deleted.status, deleted.body]).toEqual([204, ''])
    expect(await clients.owner.get(`${path}/${id}`)).toMatchObject({
      status: 404,
      body: {
        action: 'GET',
        status: 'failed',
        status_code: 404,
        target: kind.name,
        exception_cls: 'NotFound',
        exception_msg: expect.stringMatching(/^404 Not Found/),
      },
    })
  })

  it('changes nothing on an empty change', async () => {
    const made = await make()
    const { body, status } = await clients.owner.put(`${path}/${made.id}`, {})
    expect(status).toBe(200)
    expect({ ...body, updated: made.updated }).toEqual({ ...made, updated: made.updated })
  })

  it.each(kind.reserved)('refuses the reserved key %s, whoever sends it', async (key) => {
    const made = await make()
    const refusal = {
      status: 400,
      body: { exception_cls: 'BadRequest', exception_msg: kind.refusal(key), target: kind.name },
    }
    const body = { project_id: project.id, ...kind.needs, [key]: made[key] }
    expect(await clients.anonymous.post(path, body)).toMatchObject(refusal)
    expect(await clients.owner.post(path, body)).toMatchObject(refusal)
    expect(await clients.owner.put(`${path}/${made.id}`, { [key]: made[key] })).toMatchObject(
      refusal,
    )
  })

  it('refuses with the classes of the contract', async () => {
    const made = await make()
    const whole = { project_id: project.id, ...kind.needs }
    const post = async (body: unknown, by: ApiClient = clients.owner) => {
      const answer = await by.post(path, body)
      return [answer.status, answer.body.exception_cls]
    }
    const put = async (body: unknown, by: ApiClient = clients.owner) => {
      const answer = await by.put(`${path}/${made.id}`, body)
      return [answer.status, answer.body.exception_cls]
    }
    expect(await post('not json')).toEqual([415, 'ValueError'])
    expect(await post([])).toEqual([415, 'AttributeError'])
    expect(await post({ ...whole, wrong: 1 })).toEqual([415, 'TypeError'])
    expect(await post({ ...whole, wrong: 1 }, clients.anonymous)).toEqual([415, 'TypeError'])
    expect(await post({ ...kind.needs })).toEqual([415, 'AttributeError'])
    expect(await post({ ...kind.needs }, clients.anonymous)).toEqual([401, 'Unauthorized'])
    expect(await post({ ...whole, project_id: 99_999_999 })).toEqual([415, 'AttributeError'])
    expect(await post({ ...whole, info: null })).toEqual([415, 'DBIntegrityError'])
    expect(await post({ ...whole, info: [] })).toEqual([415, 'DataError'])
    expect(await post({ ...whole, info: [] }, clients.stranger)).toEqual([403, 'Forbidden'])
    expect(await put({ wrong: 1 })).toEqual([415, 'TypeError'])
    expect(await put({ wrong: 1 }, clients.stranger)).toEqual([403, 'Forbidden'])
    expect(await put({ wrong: 1 }, clients.anonymous)).toEqual([401, 'Unauthorized'])
    expect(await put({ project_id: draft.id })).toEqual([403, 'Forbidden'])
    expect((await clients.owner.put(`${path}/99999999`, {})).status).toBe(404)
    expect((await clients.owner.delete(`${path}/99999999`)).status).toBe(404)
    expect((await clients.owner.get(`${path}/99999999999`)).status).toBe(404)
  })

  it('tolerates in the query of a write only the key and fields of the object', async () => {
    const made = await make()
    for (const [method, target] of [
      ['POST', path],
      ['PUT', `${path}/${made.id}`],
      ['DELETE', `${path}/${made.id}`],
    ] as const) {
      expect(await clients.anonymous.send(method, `${target}?wrong=1`, {})).toMatchObject({
        status: 415,
        body: {
          action: method,
          exception_cls: 'AttributeError',
          exception_msg: `type object '${kind.className}' has no attribute 'wrong'`,
        },
      })
    }
    const { status } = await clients.owner.put(`${path}/${made.id}?id=1&api_key=x`, kind.change)
    expect(status).toBe(200)
  })

  const MAY_WRITE = { anonymous: 401, stranger: 403, coOwner: 200, owner: 200, admin: 200 } as const

  it.each(Object.entries(MAY_WRITE))('lets %s write: %i', async (who, status) => {
    const client = clients[who as Who]
    const made = await make()
    const body = { project_id: project.id, ...kind.needs }
    expect((await client.post(path, body)).status).toBe(status)
    expect((await client.put(`${path}/${made.id}`, kind.change)).status).toBe(status)
    expect((await client.delete(`${path}/${made.id}`)).status).toBe(status === 200 ? 204 : status)
  })

  it.each(Object.entries(MAY_WRITE))('of a draft is shown to %s: %i', async (who, status) => {
    const made = await make(draft)
    const client = clients[who as Who]
    expect((await client.get(`${path}/${made.id}`)).status).toBe(status)
    const listed = (await client.get(`${path}?all=1&id=${made.id}`)).body
    expect(listed).toHaveLength(status === 200 ? 1 : 0)
  })

  it('of a published project is shown to everybody, of one with a password to its owners', async () => {
    const made = await make()
    const { anonymous, stranger, coOwner, owner } = clients
    for (const client of Object.values(clients)) {
      expect((await client.get(`${path}/${made.id}`)).status).toBe(200)
    }
    await updateProject(platform.ctx.db.primary, project.id, { passwordHash: 'a hash' })
    await platform.ctx.cache.drop(`project:${project.id}`)
    try {
      expect((await anonymous.get(`${path}/${made.id}`)).status).toBe(401)
      expect((await stranger.get(`${path}/${made.id}`)).status).toBe(403)
      expect((await stranger.get(`${path}?all=1&id=${made.id}`)).body).toEqual([])
      for (const client of [coOwner, owner]) {
        expect((await client.get(`${path}/${made.id}`)).status).toBe(200)
        expect((await client.get(`${path}?all=1&id=${made.id}`)).body).toHaveLength(1)
      }
    } finally {
      await updateProject(platform.ctx.db.primary, project.id, { passwordHash: null })
      await platform.ctx.cache.drop(`project:${project.id}`)
    }
  })

  it('is listed to its own owner only, unless all is asked for', async () => {
    const made = await make()
    const query = `${path}?id=${made.id}`
    expect((await clients.owner.get(query)).body).toHaveLength(1)
    expect((await clients.anonymous.get(query)).body).toHaveLength(1)
    expect((await clients.coOwner.get(query)).body).toEqual([])
    expect((await clients.admin.get(`${query}&all=0`)).body).toEqual([])
    expect((await clients.coOwner.get(`${query}&all=1`)).body).toHaveLength(1)
  })

  it('is filtered by the beginning of its time, by projects and by info', async () => {
    const made = await make()
    await clients.owner.put(`${path}/${made.id}`, { info: { subject: 'barn owl' } })
    const ids = async (query: string) =>
      (await clients.owner.get(`${path}?limit=100&${query}`)).body.map(
        (row: { id: number }) => row.id,
      )
    for (const length of [4, 7, 10, 16, 26]) {
      expect(await ids(`created=${made.created.slice(0, length)}`)).toContain(made.id)
    }
    expect(await ids('created=2015-05')).toEqual([])
    expect(await ids(`project_id=[${project.id},${draft.id}]`)).toContain(made.id)
    expect(await ids(`project_id=${draft.id}`)).not.toContain(made.id)
    expect(await ids('info=subject::barn%20owl')).toEqual([made.id])
    expect(await ids(`last_id=${made.id - 1}`)).toEqual([made.id])
    expect((await clients.owner.get(`${path}?wrong=1`)).body.exception_cls).toBe('AttributeError')
  })
})
