import { z } from 'zod'
import { ErrorBody } from '../errors/contract.ts'
import { ApiError, ContractError, NetworkError } from './api-errors.ts'

const TIMEOUT_MS = 20_000
/** Some proxies write their own page over an error body: what to say then. */
const UNKNOWN_FAILURE = 'The server could not answer. Nothing is lost; try again in a moment.'

/** The answer of an endpoint that has nothing to say (204). */
export const Nothing = z.undefined()

/** What is empty is left out. */
export type Query = Record<string, string | number | boolean | null | undefined>

export interface HttpClientOptions {
  /** Where the API is: `https://example.org/api`, or `/api` for a page of the same site. */
  base: string
  /** The account's key. A browser needs none: its session cookie goes with every request. */
  apiKey?: string
  /** For cookies of one's own, proxies, tests. */
  fetch?: typeof fetch
  /** Waits out a rate limit and sends the request again instead of failing with 429. */
  waitForRateLimit?: boolean
  /** Called before such a wait. */
  onWait?: (waitMs: number) => void
}

export interface RequestOptions {
  query?: Query
  signal?: AbortSignal | undefined
  headers?: Record<string, string>
  /** Lets the request outlive the page, for bodies under 64 kB. */
  keepalive?: boolean
  /** For one try. 20 seconds unless given. */
  timeoutMs?: number
  /** Does not wait for what `holdUntil` was told: only for the request that is waited for. */
  first?: boolean
}

export interface BodyOptions extends RequestOptions {
  /** Sent as JSON; a `Blob` is sent as it is, with its own type, a `FormData` as multipart. */
  body?: unknown
}

export type HttpClient = ReturnType<typeof createHttpClient>

/** The one way to the API: answers parsed with their contracts, failures as `ApiError`,
 *  `NetworkError` or `ContractError`; an aborted `signal` as the reason it was aborted with. */
export function createHttpClient(options: HttpClientOptions) {
  // Looked up at each call: a page or a test may put another one in its place.
  const send = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args))
  let held: Promise<unknown> = Promise.resolve()

  async function request(method: string, path: string, call: BodyOptions): Promise<Response> {
    if (!call.first) await held
    for (;;) {
      const response = await attempt(method, path, call)
      if (response.ok) return response
      const error = await toApiError(response)
      if (!options.waitForRateLimit || response.status !== 429) throw error
      const waitMs = Math.max(1_000, error.retryAfterMs ?? 0)
      options.onWait?.(waitMs)
      await pause(waitMs, call.signal)
    }
  }

  async function attempt(method: string, path: string, call: BodyOptions): Promise<Response> {
    const { signal, timeoutMs = TIMEOUT_MS } = call
    const timeout = AbortSignal.timeout(timeoutMs)
    const [body, type] = toBody(call.body)
    const headers = new Headers({ accept: 'application/json', ...call.headers })
    if (options.apiKey) headers.set('authorization', options.apiKey)
    if (type) headers.set('content-type', type)
    try {
      return await send(`${options.base}${path}${queryString(call.query)}`, {
        method,
        headers,
        credentials: 'same-origin',
        keepalive: call.keepalive ?? false,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        ...(body !== undefined && { body }),
      })
    } catch (cause) {
      if (signal?.aborted) throw cause
      throw new NetworkError('The server could not be reached.', { cause })
    }
  }

  async function parsed<S extends z.ZodType>(
    method: string,
    path: string,
    contract: S,
    call: BodyOptions = {},
  ): Promise<z.infer<S>> {
    const response = await request(method, path, call)
    const result = contract.safeParse(await readAnswer(response))
    if (result.success) return result.data
    throw new ContractError(`${method} ${path}: ${result.error.message}`)
  }

  return {
    /** Requests made from now on wait for this one, which gives a browser its identity: without
     *  it, each of the first requests would be somebody new to the server. */
    holdUntil(first: Promise<unknown>): void {
      held = first.catch(() => undefined)
    },
    get: <S extends z.ZodType>(path: string, contract: S, call?: RequestOptions) =>
      parsed('GET', path, contract, call),
    post: <S extends z.ZodType>(path: string, contract: S, call?: BodyOptions) =>
      parsed('POST', path, contract, call),
    put: <S extends z.ZodType>(path: string, contract: S, call?: BodyOptions) =>
      parsed('PUT', path, contract, call),
    /** DELETE; the contract is `Nothing` where the API answers 204. */
    remove: <S extends z.ZodType>(path: string, contract: S, call?: BodyOptions) =>
      parsed('DELETE', path, contract, call),
    /** GET of what is no JSON: a file, a page. The caller reads the body. */
    fetch: (path: string, call: RequestOptions = {}) => request('GET', path, call),
  }
}

/** The body as `fetch` takes it, and the type that has to be named beside it. */
function toBody(body: unknown): [RequestInit['body'] | undefined, string | undefined] {
  if (body === undefined) return [undefined, undefined]
  if (body instanceof Blob) return [body, body.type || undefined]
  // The type of a form holds a boundary, which only `fetch` knows.
  if (body instanceof FormData) return [body, undefined]
  return [JSON.stringify(body), 'application/json']
}

function queryString(query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  return search.size > 0 ? `?${search}` : ''
}

async function readAnswer(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  try {
    return await response.json()
  } catch (cause) {
    throw new ContractError('The answer is not JSON.', { cause })
  }
}

async function toApiError(response: Response): Promise<ApiError> {
  const { status } = response
  const retryAfterMs = waitingTime(response.headers)
  const body = ErrorBody.safeParse(await response.json().catch(() => undefined))
  if (!body.success) {
    return new ApiError({ status, code: 'unknown', message: UNKNOWN_FAILURE, retryAfterMs })
  }
  const { error_code, exception_msg, request_id, issues } = body.data
  return new ApiError({
    status,
    code: error_code,
    // The original puts the status before its text: "404 Not Found: there is no project x".
    message: exception_msg.replace(/^\d{3} [A-Z][\w ]*: /, ''),
    requestId: request_id,
    issues,
    retryAfterMs,
  })
}

/** `Retry-After` in seconds, else `X-RateLimit-Reset` in seconds since 1970. */
function waitingTime(headers: Headers): number | undefined {
  const after = Number(headers.get('retry-after') ?? Number.NaN)
  if (Number.isFinite(after)) return after * 1000
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  return Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : undefined
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop, { once: true })
  })
}
