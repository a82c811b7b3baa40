import { ErrorBody } from '@manyhands/shared/errors/contract'
import type { z } from 'zod'
import { ApiError, ContractError, NetworkError } from './api-errors.ts'

const TIMEOUT_MS = 20_000
/** Some proxies write their own page over an error body: what to say then. */
const UNKNOWN_FAILURE = 'The server could not answer. Nothing is lost; try again in a moment.'

type Query = Record<string, string | number | boolean | undefined>

interface RequestOptions {
  query?: Query
  signal?: AbortSignal | undefined
  headers?: Record<string, string>
  /** Lets the request outlive the page, for bodies under 64 kB. */
  keepalive?: boolean
  timeoutMs?: number
  /** Does not wait for the volunteer's identity: only for the request that fetches it. */
  first?: boolean
}

interface BodyOptions extends RequestOptions {
  /** Sent as JSON; a Blob is sent as it is, with its own type. */
  body?: unknown
}

export type HttpClient = ReturnType<typeof createHttpClient>

/** The one way to the API: same-origin cookies, answers parsed with the contract, errors as
 *  `ApiError`, `NetworkError` or `ContractError`. */
export function createHttpClient(fetchImpl: typeof fetch = (...args) => fetch(...args)) {
  let identity: Promise<unknown> = Promise.resolve()

  async function request(method: string, path: string, options: BodyOptions): Promise<Response> {
    if (!options.first) await identity
    const { body, signal, timeoutMs = TIMEOUT_MS } = options
    const timeout = AbortSignal.timeout(timeoutMs)
    const raw = body instanceof Blob
    const headers = new Headers({ accept: 'application/json', ...options.headers })
    if (body !== undefined) headers.set('content-type', raw ? body.type : 'application/json')
    let response: Response
    try {
      response = await fetchImpl(`/api${path}${queryString(options.query)}`, {
        method,
        headers,
        credentials: 'same-origin',
        keepalive: options.keepalive ?? false,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
      })
    } catch (cause) {
      if (signal?.aborted) throw cause
      throw new NetworkError('The server could not be reached.', { cause })
    }
    if (!response.ok) throw await toApiError(response)
    return response
  }

  async function parsed<S extends z.ZodType>(
    method: string,
    path: string,
    schema: S,
    options: BodyOptions = {},
  ): Promise<z.infer<S>> {
    const response = await request(method, path, options)
    const result = schema.safeParse(await readJson(response))
    if (result.success) return result.data
    throw new ContractError(`${method} ${path}: ${result.error.message}`)
  }

  return {
    /** Requests made from now on wait for this one, which gives the browser its identity: without
     *  it, each of the first requests would be somebody new to the server. */
    holdUntil(first: Promise<unknown>): void {
      identity = first.catch(() => undefined)
    },
    get: <S extends z.ZodType>(path: string, schema: S, options?: RequestOptions) =>
      parsed('GET', path, schema, options),
    post: <S extends z.ZodType>(path: string, schema: S, options?: BodyOptions) =>
      parsed('POST', path, schema, options),
    put: <S extends z.ZodType>(path: string, schema: S, options?: BodyOptions) =>
      parsed('PUT', path, schema, options),
    remove: <S extends z.ZodType>(path: string, schema: S, options?: RequestOptions) =>
      parsed('DELETE', path, schema, options),
    /** DELETE where the contract answers 204. */
    async removeSilently(path: string, options: RequestOptions = {}): Promise<void> {
      await request('DELETE', path, options)
    },
  }
}

function queryString(query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  return search.size > 0 ? `?${search}` : ''
}

async function readJson(response: Response): Promise<unknown> {
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
