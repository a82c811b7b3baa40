import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { METRICS_PUBLIC: 'true' } })
let app: ReturnType<typeof createApp>
let client: ApiClient
beforeAll(() => {
  app = createApp(platform.ctx)
  client = new ApiClient((request) => app.fetch(request))
})

/** What is about the description itself. */
const META = ['/api/openapi.json', '/api/docs']

describe('the description of the API', () => {
  it('names every endpoint that there is', async () => {
    const { body } = await client.get('/api/openapi.json')
    const described = Object.entries(body.paths as Record<string, object>).flatMap(
      ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const served = app.routes
      .filter(
        ({ method, path }) =>
          method !== 'ALL' &&
          path.startsWith('/api/') &&
          !META.some((meta) => path.startsWith(meta)),
      )
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`)
    expect(new Set(described)).toEqual(new Set(served))
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
