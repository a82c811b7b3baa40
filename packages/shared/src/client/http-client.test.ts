import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ApiError, ContractError, isTemporary, NetworkError } from './api-errors.ts'
import { createHttpClient, type HttpClientOptions, Nothing } from './http-client.ts'

const Greeting = z.object({ hello: z.string() })
const client = (send: typeof fetch, options: Partial<HttpClientOptions> = {}) =>
  createHttpClient({ base: '/api', fetch: send, ...options })
const answering = (response: () => Response | Promise<Response>) => client(async () => response())

function anErrorBody(status: number, message: string) {
  return {
    action: 'POST',
    status: 'failed',
    status_code: status,
    target: 'taskrun',
    exception_cls: 'Forbidden',
    exception_msg: message,
    error_code: 'forbidden',
    request_id: 'req-1',
  }
}

function jsonResponse(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

describe('the HTTP client', () => {
  it('gives back what the contract describes', async () => {
    const api = answering(() => jsonResponse({ hello: 'you' }))
    expect(await api.get('/greeting', Greeting)).toEqual({ hello: 'you' })
  })

  it('sends the query without what is empty, and the body as JSON', async () => {
    const fetchImpl = vi.fn(async (_url: unknown, _init?: RequestInit) =>
      jsonResponse({ hello: 'x' }),
    )
    const api = client(fetchImpl)
    await api.post('/greeting', Greeting, {
      query: { a: 1, b: undefined, c: '' },
      body: { name: 'Ada' },
    })
    const [url, init] = fetchImpl.mock.calls[0] ?? []
    expect(url).toBe('/api/greeting?a=1')
    expect(init?.body).toBe('{"name":"Ada"}')
    expect(init?.credentials).toBe('same-origin')
  })

  it('refuses an answer that does not keep the contract', async () => {
    const api = answering(() => jsonResponse({ hello: 1 }))
    await expect(api.get('/greeting', Greeting)).rejects.toBeInstanceOf(ContractError)
  })

  it('tells what the server said, and which fields it named', async () => {
    const body = {
      ...anErrorBody(415, '415 Unsupported: the name is taken'),
      issues: [{ field: 'short_name', message: 'is taken' }],
    }
    const error = await answering(() => jsonResponse(body, 415))
      .get('/greeting', Greeting)
      .catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({
      status: 415,
      message: 'the name is taken',
      requestId: 'req-1',
      issues: [{ field: 'short_name', message: 'is taken' }],
    })
    expect(isTemporary(error)).toBe(false)
  })

  it('says something useful where a proxy answers with a page of its own', async () => {
    const error = await answering(() => new Response('<html>Bad gateway</html>', { status: 502 }))
      .get('/greeting', Greeting)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      status: 502,
      message: expect.stringContaining('Nothing is lost'),
    })
    expect(isTemporary(error)).toBe(true)
  })

  it('reads when trying again makes sense', async () => {
    const reset = String(Math.round(Date.now() / 1000) + 30)
    const limited = await answering(() =>
      jsonResponse(anErrorBody(429, 'slower'), 429, { 'x-ratelimit-reset': reset }),
    )
      .get('/greeting', Greeting)
      .catch((reason: unknown) => reason)
    expect(limited).toBeInstanceOf(ApiError)
    expect(limited instanceof ApiError && limited.retryAfterMs).toBeGreaterThan(25_000)
    expect(isTemporary(limited)).toBe(true)
  })

  it('tells a lost connection from a request that was called off', async () => {
    const lost = client(() => Promise.reject(new TypeError('failed to fetch')))
    await expect(lost.get('/greeting', Greeting)).rejects.toBeInstanceOf(NetworkError)

    const called = new AbortController()
    called.abort()
    const off = client((_url, init) => Promise.reject(init?.signal?.reason))
    await expect(off.get('/greeting', Greeting, { signal: called.signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  it('asks nothing before the browser has its identity', async () => {
    const asked: string[] = []
    const api = client(async (url) => {
      asked.push(String(url))
      return jsonResponse({ hello: 'x' })
    })
    let identify = () => {}
    api.holdUntil(new Promise<void>((resolve) => (identify = resolve)))
    const held = api.get('/second', Greeting)
    await api.get('/session', Greeting, { first: true })
    expect(asked).toEqual(['/api/session'])
    identify()
    await held
    expect(asked).toEqual(['/api/session', '/api/second'])
  })

  it('sends the key of an account, and a file under its own type', async () => {
    const fetchImpl = vi.fn(async (_url: unknown, _init?: RequestInit) =>
      jsonResponse({ hello: 'x' }),
    )
    const file = new Blob(['a,b'], { type: 'text/csv' })
    await client(fetchImpl, { apiKey: 'secret' }).post('/files', Greeting, { body: file })
    const init = fetchImpl.mock.calls[0]?.[1]
    const headers = new Headers(init?.headers)
    expect(headers.get('authorization')).toBe('secret')
    expect(headers.get('content-type')).toBe('text/csv')
    expect(init?.body).toBe(file)
  })

  it('takes 204 for an answer where nothing is to be said', async () => {
    const api = answering(() => new Response(null, { status: 204 }))
    expect(await api.remove('/greeting/1', Nothing)).toBeUndefined()
  })

  it('waits out a rate limit when asked to, and can be called off meanwhile', async () => {
    vi.useFakeTimers()
    try {
      const slower = () => jsonResponse(anErrorBody(429, 'slower'), 429, { 'retry-after': '30' })
      const answers = [slower(), jsonResponse({ hello: 'you' })]
      const waits: number[] = []
      const patient = { waitForRateLimit: true, onWait: (ms: number) => waits.push(ms) }
      const answer = client(async () => answers.shift() ?? slower(), patient).get('/x', Greeting)
      await vi.advanceTimersByTimeAsync(29_900)
      expect(answers).toHaveLength(1)
      await vi.advanceTimersByTimeAsync(200)
      expect(await answer).toEqual({ hello: 'you' })
      expect(waits).toEqual([30_000])

      const off = new AbortController()
      const { signal } = off
      const never = client(async () => slower(), patient).get('/x', Greeting, { signal })
      const failed = expect(never).rejects.toMatchObject({ name: 'AbortError' })
      await vi.advanceTimersByTimeAsync(1_000)
      off.abort()
      await failed
    } finally {
      vi.useRealTimers()
    }
  })
})
