import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
const client = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), headers)

describe('what may be kept', () => {
  it('is what every stranger sees alike, for seconds', async () => {
    const project = await platform.make.project()
    for (const path of ['/api/project', `/api/project/${project.id}`, '/api/category']) {
      const { headers } = await client().get(path)
      expect([path, headers.get('cache-control')]).toEqual([
        path,
        'public, max-age=5, stale-while-revalidate=30',
      ])
      expect(headers.get('vary')).toContain('Authorization, Cookie')
    }
  })

  it('is not what tells a volunteer of their own answer too late', async () => {
    for (const path of ['/api/task', '/api/taskrun', '/api/result']) {
      const { headers } = await client().get(path)
      expect([path, headers.get('cache-control')]).toEqual([path, 'public, no-cache'])
    }
  })

  it('is the catalogue for a visitor without cookie only, who is shown nothing of their own', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(2, { project })
    const script = client()
    const task = (await script.get(`/api/project/${project.id}/newtask`)).body
    await script.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: 1 })
    for (const path of ['/api/projects', `/api/projects/${project.shortName}`]) {
      const stranger = await client().get(path)
      expect([path, stranger.headers.get('cache-control')]).toEqual([
        path,
        'public, max-age=5, stale-while-revalidate=30',
      ])
      expect((stranger.body.items?.[0] ?? stranger.body).done_by_me).toBe(0)
      const known = await script.get(path)
      expect(known.headers.get('cache-control')).toBe('private, no-cache')
    }
  })

  it('is nothing shared of what somebody with an account sees', async () => {
    const { user, apiKey } = await platform.make.user({ password: 'correct horse' })
    const browser = client()
    await browser.post('/api/session', { login: user.name, password: 'correct horse' })
    for (const caller of [client({ authorization: apiKey }), browser]) {
      const { headers } = await caller.get('/api/project')
      expect(headers.get('cache-control')).toBe('private, no-cache')
    }
    const asked = await client().get(`/api/project?api_key=${apiKey}`)
    expect(asked.headers.get('cache-control')).toBe('private, no-cache')
  })

  it('is nothing at all of what is personal, secret, wrong or a change', async () => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({ ownerId: user.id })
    const owner = client({ authorization: apiKey })
    for (const path of [
      `/api/project/${project.id}/newtask`,
      `/api/project/${project.id}/userprogress`,
      `/api/projects/${project.shortName}/secret-key`,
      '/api/session',
      '/api/account/api-key',
      '/api/task/999999',
      '/api/nothing',
    ]) {
      const { headers } = await owner.get(path)
      expect([path, headers.get('cache-control')]).toEqual([
        path,
        expect.stringContaining('no-store'),
      ])
      expect(headers.get('etag')).toBeNull()
    }
    const put = await owner.put(`/api/project/${project.id}`, { description: 'new' })
    expect(put.headers.get('cache-control')).toBe('private, no-store')
  })
})

describe('an entity tag', () => {
  it('spares the answer while nothing has changed', async () => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({ ownerId: user.id })
    const path = `/api/project/${project.id}`
    const first = await client().get(path)
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"[\w-]+"$/)

    const again = await client({ 'if-none-match': `"other", ${tag}` }).get(path)
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', tag])
    expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'))
    expect(again.headers.get('x-ratelimit-limit')).not.toBeNull()

    await client({ authorization: apiKey }).put(path, { description: 'changed' })
    const changed = await client({ 'if-none-match': tag }).get(path)
    expect([changed.status, changed.body.description]).toEqual([200, 'changed'])
  })

  it('is on HEAD too', async () => {
    const tag = (await client().get('/api/category')).headers.get('etag') ?? ''
    const head = await client().send('HEAD', '/api/category')
    expect([head.status, head.body, head.headers.get('etag')]).toEqual([200, '', tag])
    const known = await client({ 'if-none-match': tag }).send('HEAD', '/api/category')
    expect(known.status).toBe(304)
  })
})

describe('a large answer', () => {
  const ask = async (encoding: string | undefined, path = '/api/openapi.json') => {
    const request = new Request(`http://localhost:3000${path}`, {
      headers: encoding ? { 'accept-encoding': encoding } : {},
    })
    const response = await app.fetch(request)
    return { response, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  it.each([
    ['gzip, deflate', 'gzip', gunzipSync],
    ['gzip, br;q=0.9', 'br', brotliDecompressSync],
    ['gzip, br, zstd', 'zstd', zstdDecompressSync],
    ['gzip;q=1, br;q=0, zstd;q=0.0', 'gzip', gunzipSync],
  ])('is compressed for %s with %s', async (accepted, name, decode) => {
    const plain = await ask(undefined)
    const { response, bytes } = await ask(accepted)
    expect(response.headers.get('content-encoding')).toBe(name)
    expect(response.headers.get('vary')).toContain('Accept-Encoding')
    expect(bytes.length).toBeLessThan(plain.bytes.length / 3)
    expect(decode(bytes).equals(plain.bytes)).toBe(true)
    expect(response.headers.get('etag')).toBe(plain.response.headers.get('etag'))
  })

  it('is sent as it is to whoever does not ask, and a small one to everybody', async () => {
    const plain = await ask(undefined)
    expect(plain.response.headers.get('content-encoding')).toBeNull()
    expect(plain.response.headers.get('vary')).toContain('Accept-Encoding')
    const small = await ask('gzip', '/api/category/1')
    expect(small.response.headers.get('content-encoding')).toBeNull()
  })
})
