import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { findUser } from '@manyhands/shared/users/repository'
import sharp from 'sharp'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { form, picture, storedFiles } from './uploads.fixture.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
afterEach(async () => {
  for (const key of await storedFiles(platform)) await platform.ctx.storage.remove(key)
})
const client = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), headers)
async function account(flags = {}) {
  const { user, apiKey } = await platform.make.user(flags)
  return { user, client: client({ authorization: apiKey }) }
}
const send = async (from: ApiClient, path: string, content: Uint8Array | Promise<Uint8Array>) =>
  from.post(path, form({ file: [await content, 'me.png'] }))
const fetched = async (url: string) =>
  sharp(Buffer.from(await (await app.request(new URL(url).pathname)).arrayBuffer())).metadata()

describe('the picture of a project', () => {
  it('is made small, stripped of what a camera wrote, and replaces the one before', async () => {
    const { user, client: owner } = await account()
    const project = await platform.make.project({ ownerId: user.id })
    const path = `/api/projects/${project.shortName}/thumbnail`
    const photograph = sharp({
      create: { width: 1_600, height: 800, channels: 3, background: 'teal' },
    })
      .withExif({ IFD0: { Copyright: 'somebody' } })
      .jpeg()
      .toBuffer()
    const first = await send(owner, path, photograph)

    expect(first.status).toBe(200)
    const metadata = await fetched(first.body.thumbnail_url)
    expect(metadata).toMatchObject({ format: 'webp', width: 512, height: 256 })
    expect(metadata.exif).toBeUndefined()
    const { info } = (await owner.get(`/api/project/${project.id}`)).body
    expect(info).toMatchObject({
      container: `user_${user.id}`,
      thumbnail: info.thumbnail,
      thumbnail_url: first.body.thumbnail_url,
    })

    const second = await send(owner, path, picture('png'))
    expect(await storedFiles(platform)).toEqual([
      new URL(second.body.thumbnail_url).pathname.slice('/uploads/'.length),
    ])
    expect((await owner.delete(path)).status).toBe(204)
    expect(await storedFiles(platform)).toEqual([])
    expect((await owner.get(`/api/project/${project.id}`)).body.info).toEqual({})
  })

  it('is given by owners and admins only, into the container of the owner', async () => {
    const { user } = await account()
    const project = await platform.make.project({ ownerId: user.id })
    const path = `/api/projects/${project.shortName}/thumbnail`
    expect((await send(client(), path, picture('png'))).status).toBe(401)
    expect((await send((await account()).client, path, picture('png'))).status).toBe(403)
    expect((await (await account()).client.delete(path)).status).toBe(403)
    expect(await storedFiles(platform)).toEqual([])
    const { client: admin } = await account({ admin: true })
    expect((await send(admin, path, picture('png'))).body.thumbnail_url).toContain(
      `/uploads/user_${user.id}/`,
    )
  })
})

describe('the picture of an account', () => {
  it('is a square, and goes again', async () => {
    const { user, client: person } = await account()
    const { body } = await send(person, '/api/account/avatar', picture('png', 900, 300))
    expect(await fetched(body.avatar_url)).toMatchObject({ width: 256, height: 256 })
    const row = await findUser(platform.ctx.db.primary, user.id)
    expect(row?.info).toMatchObject({ container: `user_${user.id}`, avatar_url: body.avatar_url })
    expect((await person.delete('/api/account/avatar')).status).toBe(204)
    expect(await storedFiles(platform)).toEqual([])
    expect((await send(client(), '/api/account/avatar', picture('png'))).status).toBe(401)
  })

  it.each([
    [
      'something that only begins like one',
      async () => (await picture('png', 400, 400)).subarray(0, 200),
    ],
    ['something else', async () => Buffer.from('%PDF-1.7\n')],
    ['more pixels than there may be', () => picture('png', 8_000, 8_000)],
  ])('is not %s', async (_what, content) => {
    const { client: person } = await account()
    expect(await send(person, '/api/account/avatar', content())).toMatchObject({
      status: 415,
      body: { exception_cls: 'ValueError', issues: [{ field: 'file' }] },
    })
    expect(await storedFiles(platform)).toEqual([])
  })
})

describe('an uploaded file', () => {
  it('is shown safely, to every origin, and sent once', async () => {
    const { client: person } = await account()
    const { body } = await send(person, '/api/account/avatar', picture('png'))
    const path = new URL(body.avatar_url).pathname
    const shown = await app.request(path)
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=31536000, immutable',
    })
    expect(shown.headers.get('content-disposition')).toBeNull()
    const etag = shown.headers.get('etag') ?? ''
    expect((await app.request(path, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await app.request(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
    const part = await app.request(path, { headers: { range: 'bytes=0-3' } })
    expect([part.status, await part.text()]).toEqual([206, 'RIFF'])
    const head = await app.request(path, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it.each([
    'exports/1/x.zip',
    'imports/x.csv',
    'doctor/x.txt',
    'archives/x',
    'user_1',
    'user_1/',
    'user_1x/a.png',
    'user_1/../exports/1/x.zip',
    'user_1/%2e%2e/exports/1/x.zip',
    'user_1%2f..%2fexports%2f1%2fx.zip',
    'user_1/..%5cexports/x',
    'user_1/%00.png',
    'user_1//etc/passwd',
    '%2fetc%2fpasswd',
    'user_1/%',
    'user_1/%E0%A4%A',
    'user_1/none.png',
  ])('is not at %s', async (path) => {
    const response = await app.request(`http://localhost:3000/uploads/${path}`)
    expect(response.status).toBe(404)
  })
})
