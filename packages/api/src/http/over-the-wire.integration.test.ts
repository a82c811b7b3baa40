import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type IncomingHttpHeaders, request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { freePort } from '@manyhands/infra/local/processes/free-port'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'

const platform = useTestPlatform()
let port: number
let api: ChildProcess
beforeAll(async () => {
  port = await freePort()
  api = spawn(process.execPath, [fileURLToPath(new URL('../main.ts', import.meta.url))], {
    env: { PATH: process.env.PATH, ...platform.env, PORT: String(port) },
    stdio: 'ignore',
  })
  await vi.waitFor(
    async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200),
    { timeout: 120_000, interval: 50 },
  )
}, 150_000)
afterAll(async () => {
  const exit = once(api, 'exit')
  api.kill('SIGTERM')
  await exit
})

interface Sent {
  status: number | undefined
  headers: IncomingHttpHeaders
  body: Buffer
}

/** As the bytes come, with nothing followed or decoded. */
function send(method: string, path: string, given = {}, body = ''): Promise<Sent> {
  const headers = { ...given, ...(body && { 'content-length': Buffer.byteLength(body) }) }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

it('answers HEAD with the rate headers that pbs paces itself by, and no body', async () => {
  const { status, headers, body } = await send('HEAD', '/api/task')
  expect([status, body.length]).toEqual([200, 0])
  for (const name of ['limit', 'remaining', 'reset']) {
    expect(headers[`x-ratelimit-${name}`]).toMatch(/^\d+$/)
  }
  expect(Number(headers['x-ratelimit-reset'])).toBeGreaterThan(Date.now() / 1_000)
})

it('answers a preflight, a doubled slash and a wrong method as they are', async () => {
  const preflight = await send('OPTIONS', '/api/taskrun', {
    origin: 'https://elsewhere.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type',
  })
  expect([preflight.status, preflight.body.length]).toEqual([200, 0])
  expect(preflight.headers['access-control-allow-headers']).toBe('Content-Type')
  expect((await send('GET', '//api//category')).status).toBe(200)
  const wrong = await send('DELETE', '/api/project', { 'content-type': 'application/json' }, 'null')
  expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS, POST'])
})

it('compresses, and spares what is known', async () => {
  const full = await send('GET', '/api/openapi.json', { 'accept-encoding': 'gzip' })
  expect([full.status, full.headers['content-encoding']]).toEqual([200, 'gzip'])
  expect(JSON.parse(gunzipSync(full.body).toString()).openapi).toBe('3.1.0')
  const known = await send('GET', '/api/openapi.json', { 'if-none-match': full.headers.etag })
  expect([known.status, known.body.length]).toEqual([304, 0])
})
