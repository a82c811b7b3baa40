import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { Anything } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { form, picture, storedFiles } from '../uploads/uploads.fixture.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
let project: ProjectRow
let owner: { id: number; key: string }
let admin: { id: number; key: string }
let stranger: { id: number; key: string }
let png: Buffer

beforeAll(async () => {
  app = createApp(platform.ctx)
  const person = async (flags = {}) => {
    const { user, apiKey } = await platform.make.user(flags)
    return { id: user.id, key: apiKey }
  }
  owner = await person()
  stranger = await person()
  admin = await person({ admin: true })
  project = await platform.make.project({ ownerId: owner.id })
  png = await picture('png')
})
afterEach(async () => {
  for (const key of await storedFiles(platform)) await platform.ctx.storage.remove(key)
})

async function send(
  method: string,
  path: string,
  body?: Record<string, string | [Uint8Array, string]> | string,
  by?: { key: string },
): Promise<{ status: number; body: Anything }> {
  const response = await app.request(`http://localhost:3000${path}`, {
    method,
    headers: by ? { authorization: by.key } : {},
    ...(body !== undefined && { body: typeof body === 'string' ? body : form(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? '' : JSON.parse(text) }
}

const KINDS = [
  {
    name: 'blogpost',
    needs: { title: 'Owls', body: 'Ten', published: 'true' },
    sent: { published: true },
  },
  { name: 'page', needs: { slug: 'about' }, sent: { slug: 'about' } },
  { name: 'helpingmaterial', needs: { priority: '0.5' }, sent: { priority: 0.5 } },
  { name: 'announcement', needs: { title: 'Owls', body: 'Ten' }, sent: { published: false } },
] as const

describe.each(KINDS)('a file of a $name', ({ name, needs, sent }) => {
  const path = `/api/${name}`
  const isSite = name === 'announcement'
  const writer = () => (isSite ? admin : owner)
  const fields = () => ({ ...(!isSite && { project_id: String(project.id) }), ...needs })
  const file = (): [Uint8Array, string] => [png, 'Owl (1).PNG']
  const make = () => send('POST', path, { ...fields(), info: '{"a": 1}', file: file() }, writer())

  it('is stored with it, and removed with it', async () => {
    const { status, body } = await make()
    expect(status).toBe(200)
    expect(body).toMatchObject(sent)
    const { container, file_name, ...info } = body.info
    expect(info).toEqual({ a: 1 })
    expect(container).toBe(`user_${writer().id}`)
    expect(body.media_url).toBe(`http://localhost:3000/uploads/${container}/${file_name}`)
    expect(await storedFiles(platform)).toEqual([`${container}/${file_name}`])
    expect((await send('GET', `${path}/${body.id}`, undefined, writer())).body.info).toEqual(
      body.info,
    )

    expect((await send('DELETE', `${path}/${body.id}`, undefined, writer())).status).toBe(204)
    expect(await storedFiles(platform)).toEqual([])
  })

  it('is replaced by another one, and nothing else changes', async () => {
    const before = (await make()).body
    const { status, body } = await send(
      'PUT',
      `${path}/${before.id}`,
      { ...fields(), slug: 'no', title: 'no', info: '{"b": 2}', file: [png, 'new.png'] },
      writer(),
    )
    expect(status).toBe(200)
    expect(body.media_url).toMatch(/-new\.png$/)
    const { container, file_name } = body.info
    expect(body).toEqual({
      ...before,
      ...(before.updated && { updated: body.updated }),
      media_url: body.media_url,
      info: { a: 1, container, file_name },
    })
    expect(await storedFiles(platform)).toEqual([`${container}/${file_name}`])
  })

  it('is refused from whoever may not write, and nothing is stored', async () => {
    const { id } = (await make()).body
    const [kept] = await storedFiles(platform)
    for (const [by, status] of [
      [undefined, 401],
      [stranger, 403],
    ] as const) {
      const parts = { ...fields(), file: file() }
      expect((await send('POST', path, parts, by)).status).toBe(status)
      expect((await send('PUT', `${path}/${id}`, parts, by)).status).toBe(status)
    }
    expect(await storedFiles(platform)).toEqual([kept])
  })

  it('is refused with what is wrong, and nothing is stored', async () => {
    const { id } = (await make()).body
    const [kept] = await storedFiles(platform)
    const refusal = async (method: string, parts: Parameters<typeof send>[2]) => {
      const target = method === 'POST' ? path : `${path}/${id}`
      const { status, body } = await send(method, target, parts, writer())
      return [status, body.exception_cls]
    }
    expect(await refusal('POST', fields())).toEqual([415, 'AttributeError'])
    expect(await refusal('PUT', fields())).toEqual([415, 'AttributeError'])
    expect(await refusal('POST', { ...fields(), id: '5', file: file() })).toEqual([
      400,
      'BadRequest',
    ])
    expect(await refusal('PUT', { ...fields(), id: '5', file: file() })).toEqual([
      400,
      'BadRequest',
    ])
    expect(await refusal('POST', { ...fields(), wrong: '5', file: file() })).toEqual([
      415,
      'TypeError',
    ])
    expect(await refusal('POST', { ...fields(), info: '{', file: file() })).toEqual([
      415,
      'ValueError',
    ])
    if (!isSite) {
      const { project_id: _, ...rest } = fields()
      const missing = [415, 'AttributeError']
      expect(await refusal('POST', { ...rest, file: file() })).toEqual(missing)
      expect(await refusal('PUT', { ...rest, file: file() })).toEqual(missing)
      const other = { ...fields(), project_id: '99999999', file: file() }
      expect(await refusal('POST', other)).toEqual(missing)
      expect(await refusal('PUT', other)).toEqual([403, 'Forbidden'])
    }
    expect(await storedFiles(platform)).toEqual([kept])
  })
})

it('lies in the container of the project’s owner when an admin uploads it', async () => {
  const parts = { project_id: String(project.id), file: [png, 'a.png'] as [Uint8Array, string] }
  const { body } = await send('POST', '/api/helpingmaterial', parts, admin)
  expect(body.info.container).toBe(`user_${owner.id}`)
})

it('comes first and its metadata after it, as pybossa-client does', async () => {
  const parts = { project_id: String(project.id), file: [png, 'a.png'] as [Uint8Array, string] }
  const made = (await send('POST', '/api/helpingmaterial', parts, owner)).body
  const { id, created, info, ...rest } = made
  const { status, body } = await send(
    'PUT',
    `/api/helpingmaterial/${id}`,
    JSON.stringify({ ...rest, info: { ...info, subject: 'owl' } }),
    owner,
  )
  expect(status).toBe(200)
  expect(body).toEqual({ ...made, info: { ...info, subject: 'owl' } })
})

it('is not somebody else’s to remove, whatever info says', async () => {
  const parts = { project_id: String(project.id), file: [png, 'a.png'] as [Uint8Array, string] }
  const theirs = (await send('POST', '/api/helpingmaterial', parts, owner)).body
  const own = await platform.make.project({ ownerId: stranger.id })
  const material = JSON.stringify({ project_id: own.id, info: theirs.info })
  const { id } = (await send('POST', '/api/helpingmaterial', material, stranger)).body
  expect((await send('DELETE', `/api/helpingmaterial/${id}`, undefined, stranger)).status).toBe(204)
  expect(await storedFiles(platform)).toHaveLength(1)
})
