import { type Anything, ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { documentPath } from './path.ts'

const platform = useTestPlatform({ env: { METRICS_PUBLIC: 'true' } })
let app: ReturnType<typeof createApp>
let client: ApiClient
beforeAll(() => {
  app = createApp(platform.ctx)
  client = new ApiClient((request) => app.fetch(request))
})

describe('the description of the API', () => {
  it('names every endpoint that there is', async () => {
    const { body } = await client.get('/api/openapi.json')
    const described = Object.entries(body.paths as Record<string, object>).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${documentPath(path)}`)
    expect(new Set(described)).toEqual(new Set(served))
  })

  it('gives each operation a name of its own, verb first', async () => {
    const { body } = await client.get('/api/openapi.json')
    const names = Object.values(body.paths as Record<string, Record<string, Anything>>).flatMap(
      (methods) => Object.values(methods).map(({ operationId }) => operationId),
    )
    const twice = names.filter((name, at) => names.indexOf(name) !== at)
    expect(twice).toEqual([])
    expect(names.filter((name) => !/^[a-z]+[A-Z]/.test(name))).toEqual([])
  })

  it('is not sent again to whoever has it', async () => {
    const { headers } = await client.get('/api/openapi.json')
    const again = await client.send('GET', '/api/openapi.json', undefined, {
      'if-none-match': headers.get('etag') ?? '',
    })
    expect(again).toMatchObject({ status: 304, body: '' })
  })

  it('refers to nothing that it does not hold', async () => {
    const { body } = await client.get('/api/openapi.json')
    const names = [...JSON.stringify(body).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    )
    expect(body.openapi).toBe('3.1.0')
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) expect(Object.keys(body.components.schemas)).toContain(name)
  })

  it('can be read as a page, from this host alone', async () => {
    const { status, body } = await client.get('/api/docs')
    expect(status).toBe(200)
    for (const [, source] of body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect([source, (await client.get(source)).status]).toEqual([source, 200])
    }
  })
})

it.each([
  ['/healthz', 200],
  ['/readyz', 200],
  ['/api/nothing', 404],
  ['/api/project/', 404],
  ['/api/project/one', 404],
])('%s answers %i', async (path, status) => {
  expect((await client.get(path)).status).toBe(status)
})

it('tells Prometheus how long each route takes', async () => {
  await client.get('/api/category')
  const { body } = await client.get('/metrics')
  expect(body).toContain(
    'http_request_duration_seconds_count{method="GET",route="/api/category",status="200"}',
  )
})
