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

describe('the API', () => {
  it.each([
    '/api/nothing',
    '/api/project/',
    '/api/project/-1',
    '/api/project/1.5',
    '/api/task/one',
    '/api/task/1/more',
    '/api/category/',
  ])('answers 404 in JSON at %s, with the keys of both of the shapes', async (path) => {
    const { status, body, headers } = await client().get(path)
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/json')
    expect(body).toEqual({
      action: 'GET',
      status: 'failed',
      status_code: 404,
      target: path,
      exception_cls: 'NotFound',
      exception_msg: `404 Not Found: there is no ${path}`,
      error_code: 'not_found',
      code: 404,
      description: `404 Not Found: there is no ${path}`,
      request_id: expect.any(String),
    })
  })

  it.each([
    ['PUT', '/api/project', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/api/task', 'GET, HEAD, OPTIONS, POST'],
    ['POST', '/api/task/1', 'DELETE, GET, HEAD, OPTIONS, PUT'],
    ['POST', '/api/project/1/newtask', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/api/project/1', 'DELETE, GET, HEAD, OPTIONS, PUT'],
  ])('answers 405 to %s %s and says what it takes', async (method, path, allow) => {
    const { status, body, headers } = await client().send(method, path)
    expect([status, headers.get('allow')]).toEqual([405, allow])
    expect(body).toMatchObject({
      action: method,
      status: 'failed',
      status_code: 405,
      target: path,
      exception_cls: 'MethodNotAllowed',
      code: 405,
    })
  })

  it('takes doubled slashes for one', async () => {
    const project = await platform.make.project()
    for (const path of [`//api/project/${project.id}`, `/api//project//${project.id}`]) {
      const response = await app.fetch(new Request(`http://localhost:3000${path}`))
      expect([response.status, await response.json()]).toEqual([
        200,
        expect.objectContaining({ id: project.id }),
      ])
    }
  })

  it('ignores a body that comes with GET or DELETE', async () => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({ ownerId: user.id })
    const owner = client({ authorization: apiKey, 'content-type': 'application/json' })
    const { status, body } = await owner.send('DELETE', `/api/project/${project.id}`, 'null')
    expect([status, body]).toEqual([204, ''])
    expect((await owner.send('DELETE', `/api/project/${project.id}`, 'null')).status).toBe(404)
  })

  it.each([
    ['application/json', '{"a":'],
    ['text/plain', '{"a":'],
    ['application/x-www-form-urlencoded', 'project_id=1&info=2'],
    [
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    ],
  ])('answers 415 ValueError to a body of %s that is no JSON', async (type, text) => {
    const { apiKey } = await platform.make.user()
    const sender = client({ authorization: apiKey, 'content-type': type })
    for (const [method, path] of [
      ['POST', '/api/project'],
      ['POST', '/api/task'],
    ] as const) {
      const { status, body } = await sender.send(method, path, text)
      expect([status, body.exception_cls]).toEqual([415, 'ValueError'])
    }
  })

  it('takes JSON without a content type', async () => {
    const { apiKey } = await platform.make.user()
    const name = `named-${Date.now()}`
    const { status } = await client({ authorization: apiKey, 'content-type': '' }).post(
      '/api/project',
      { name, short_name: name, description: 'x' },
    )
    expect(status).toBe(200)
  })
})

describe('another origin', () => {
  const preflight = (path: string, headers: Record<string, string> = {}) =>
    client({
      origin: 'https://elsewhere.example',
      'access-control-request-method': 'POST',
      ...headers,
    }).send('OPTIONS', path)

  it('may call, as a preflight says', async () => {
    const { status, body, headers } = await preflight('/api/taskrun', {
      'access-control-request-headers': 'content-type, AUTHORIZATION, x-other',
    })
    expect([status, body]).toEqual([200, ''])
    expect(Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-')))).toEqual(
      {
        'access-control-allow-origin': 'https://elsewhere.example',
        'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
        'access-control-allow-headers': 'Content-Type, Authorization',
        'access-control-max-age': '21600',
        'access-control-expose-headers':
          'X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id, ETag',
      },
    )
    expect(headers.get('vary')).toContain('Origin')
  })

  it('gets no leave at a path that there is not', async () => {
    expect((await preflight('/api/nothing')).status).toBe(404)
  })

  it('reads answers and errors, without this browser being known by them', async () => {
    for (const path of ['/api/project', '/api/nothing', '/api/task/999999']) {
      const { headers } = await client({ origin: 'https://elsewhere.example' }).get(path)
      expect([path, headers.get('access-control-allow-origin')]).toEqual([
        path,
        'https://elsewhere.example',
      ])
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('vary')).toContain('Origin')
    }
    expect((await client().get('/api/project')).headers.get('access-control-allow-origin')).toBe(
      '*',
    )
  })

  it('without preflight learns what a path takes', async () => {
    const { status, body, headers } = await client().send('OPTIONS', '/api/project')
    expect([status, body, headers.get('allow')]).toEqual([200, '', 'GET, HEAD, OPTIONS, POST'])
  })
})

describe('the id of a request', () => {
  it('is made here, and is the one in the error body', async () => {
    const { body, headers } = await client({ 'x-request-id': 'claimed-by-anybody' }).get('/api/x')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(body.request_id).toBe(headers.get('x-request-id'))
  })
})
