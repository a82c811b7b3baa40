import { createLog } from '@manyhands/shared/log/log'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform({ env: { TRUSTED_PROXIES: '1', COMPRESSION: 'false' } })
let app: ReturnType<typeof createApp>
const lines: Array<Record<string, unknown>> = []
beforeAll(() => {
  platform.ctx.log = createLog('test', 'info', { write: (line) => lines.push(JSON.parse(line)) })
  app = createApp(platform.ctx)
})
const client = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), headers)

it.each([
  ['balancer-0001.a_b', true],
  ['short', false],
  [`${'x'.repeat(129)}`, false],
  ['with space and\ttab', false],
])('takes the id %s that a trusted balancer gives a request: %s', async (id, isTaken) => {
  const { headers } = await client({ 'x-request-id': id }).get('/api/category')
  expect(headers.get('x-request-id') === id).toBe(isTaken)
})

it('logs what was wrong with a request: names, never values', async () => {
  const { apiKey } = await platform.make.user()
  const sender = client({ authorization: apiKey, 'x-request-id': 'request-to-find' })
  await sender.post('/api/project', { name: 'secret value', colour: 'another secret' })
  const line = lines.find(({ request_id }) => request_id === 'request-to-find')
  expect(line).toMatchObject({
    method: 'POST',
    route: '/api/project',
    status: 415,
    exception_cls: 'TypeError',
    error_code: 'invalid',
    fields: expect.arrayContaining(['colour']),
  })
  expect(JSON.stringify(line)).not.toContain('secret')
})

it('leaves compression to the proxy when it is told so', async () => {
  const reader = client({ 'accept-encoding': 'gzip, br, zstd' })
  const { headers, body } = await reader.get('/api/openapi.json')
  expect([headers.get('content-encoding'), body.openapi]).toEqual([null, '3.1.0'])
})
