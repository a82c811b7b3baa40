import { type Anything, ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { MiddlewareHandler } from 'hono'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import type { Env } from '../http/env.ts'
import { legacyPages } from '../legacy-pages/routes.ts'
import { EXAMPLES } from './examples.ts'
import { documentPath } from './path.ts'

const platform = useTestPlatform({ env: { METRICS_PUBLIC: 'true' } })
let app: ReturnType<typeof createApp>
let client: ApiClient
let document: Anything
let operations: { name: string; operation: Anything }[]
beforeAll(async () => {
  app = createApp(platform.ctx)
  client = new ApiClient((request) => app.fetch(request))
  document = (await client.get('/api/openapi.json')).body
  operations = Object.entries<Record<string, Anything>>(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  )
})

describe('the description of the API', () => {
  it('names every endpoint that there is', () => {
    // Middleware is registered for all methods, below a place; an endpoint for one of them.
    const pass: MiddlewareHandler<Env> = (_c, next) => next()
    const pages = new Set(legacyPages(pass, pass).routes.map(({ path }) => path))
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' || !path.endsWith('/*'))
      .filter(({ path }) => !pages.has(path))
      .map(({ method, path }) => `${method} ${documentPath(path)}`)
    expect(operations.map(({ name }) => name).sort()).toEqual([...new Set(served)].sort())
  })

  it('keeps the specification', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
    expect(document.openapi).toBe('3.1.0')
  })

  it('gives each operation a name of its own, verb first', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    expect(names.filter((name) => !/^[a-z]+[A-Z]/.test(name))).toEqual([])
  })

  it('says what every tag is about and what every argument means', () => {
    const silent = operations.flatMap(({ name, operation }) =>
      (operation.parameters ?? [])
        .filter(({ description, schema }: Anything) => !description || !schema)
        .map((parameter: Anything) => `${name}: ${parameter.name}`),
    )
    expect(silent).toEqual([])
    expect(document.tags.filter(({ description }: Anything) => !description)).toEqual([])
  })

  it('says what an id looks like', () => {
    const ids = operations.flatMap(({ operation }) =>
      (operation.parameters ?? []).filter(
        ({ name, in: place }: Anything) => place === 'path' && /(^id|Id)$/.test(name),
      ),
    )
    expect(ids.length).toBeGreaterThan(5)
    const vague = ids.filter(
      ({ schema }) =>
        !schema.format && !schema.pattern && !(schema.type === 'integer' && schema.minimum === 0),
    )
    expect(vague).toEqual([])
  })

  it('holds examples that keep their contracts', () => {
    const ajv = new Ajv2020({ strict: false })
    addFormats.default(ajv)
    ajv.addSchema({ components: document.components }, 'api')
    const checked = examplesIn(document).map(({ schema, value }) => {
      const absolute = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"api#/')
      const check = ajv.compile(JSON.parse(absolute))
      return check(value) ? undefined : [value, check.errors]
    })
    expect(checked.length).toBeGreaterThan(25)
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(Object.keys(EXAMPLES)),
    )
    expect(checked.filter(Boolean)).toEqual([])
  })

  it('is not sent again to whoever has it', async () => {
    const { headers } = await client.get('/api/openapi.json')
    const again = await client.send('GET', '/api/openapi.json', undefined, {
      'if-none-match': headers.get('etag') ?? '',
    })
    expect(again).toMatchObject({ status: 304, body: '' })
  })

  it('refers to nothing that it does not hold', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)]
    expect(references.length).toBeGreaterThan(20)
    for (const [, path = ''] of references) {
      const found = path.split('/').reduce((at, step) => at?.[step], document)
      expect([path, typeof found]).toEqual([path, 'object'])
    }
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

/** Every example of the document beside the schema that it is an example of. */
function examplesIn(node: Anything): { schema: Anything; value: unknown }[] {
  if (typeof node !== 'object' || node === null) return []
  const own: { schema: Anything; value: unknown }[] = []
  if (Array.isArray(node.examples))
    for (const value of node.examples) own.push({ schema: node, value })
  if (node.schema && 'example' in node) own.push({ schema: node.schema, value: node.example })
  return [...own, ...Object.values(node).flatMap(examplesIn)]
}
