import { ErrorBody } from '@manyhands/shared/errors/contract'
import type { Access, Operation } from '../http/endpoint.ts'
import { pathParameters } from './path.ts'
import type { Json, Schemas } from './schemas.ts'

interface Refusal {
  name: string
  /** `exception_cls` and `code` of a body that has this status. */
  exception: string
  code: string
  meaning: string
}

const REFUSALS: Record<number, Refusal> = {
  400: {
    name: 'BadRequest',
    exception: 'BadRequest',
    code: 'reserved_field',
    meaning: 'A field that only the server writes was sent.',
  },
  401: {
    name: 'Unauthorized',
    exception: 'Unauthorized',
    code: 'unauthenticated',
    meaning: 'Nobody is signed in, and this needs an account.',
  },
  403: {
    name: 'Forbidden',
    exception: 'Forbidden',
    code: 'forbidden',
    meaning: 'This caller may not do this.',
  },
  404: {
    name: 'NotFound',
    exception: 'NotFound',
    code: 'not_found',
    meaning: 'There is no such thing.',
  },
  405: {
    name: 'MethodNotAllowed',
    exception: 'MethodNotAllowed',
    code: 'method_not_allowed',
    meaning: 'This cannot be done with this method.',
  },
  413: {
    name: 'TooLarge',
    exception: 'RequestEntityTooLarge',
    code: 'too_large',
    meaning: 'The body is larger than the server accepts.',
  },
  415: {
    name: 'Unsupported',
    exception: 'TypeError',
    code: 'invalid',
    meaning:
      'An argument or a field is unknown, has a wrong value, or clashes with what is stored.',
  },
  429: {
    name: 'TooManyRequests',
    exception: 'TooManyRequests',
    code: 'rate_limited',
    meaning: 'Too many requests: wait until `X-RateLimit-Reset`.',
  },
  500: {
    name: 'InternalError',
    exception: 'InternalServerError',
    code: 'internal',
    meaning: 'Something went wrong on the server; nothing was stored.',
  },
  503: {
    name: 'Unavailable',
    exception: 'ServiceUnavailable',
    code: 'unavailable',
    meaning: 'A part of the server is away: try again in a moment.',
  },
}

/** The statuses that an operation may refuse with, as far as its description tells. */
export function refusalsOf(operation: Operation): number[] {
  const { method, path, endpoint, effects } = operation
  const { body, query, list, headers } = endpoint
  const found = new Set([500, 503, ...(endpoint.refuses ?? []), ...(effects.refuses ?? [])])
  const add = (...statuses: number[]) => {
    for (const status of statuses) found.add(status)
  }
  if (accessOf(operation) !== 'public') add(401, 403)
  // With any of them another site's page may try this browser's cookies, or send too much.
  // A clash with what is stored, or an argument that a write does not take, may meet all of them.
  if (method !== 'get') add(403, 413, 415)
  if (body) add(400)
  if (query || list || headers) add(415)
  if (pathParameters(path).length > 0) add(404)
  for (const status of Object.keys(endpoint.answers ?? {})) found.delete(Number(status))
  return [...found].sort((a, b) => a - b)
}

export function accessOf({ method, endpoint }: Operation): Access {
  return endpoint.access ?? (method === 'get' ? 'guest' : 'account')
}

/** The refusals as components, for all operations to refer to. */
export function refusalComponents(schemas: Schemas): Record<string, Json> {
  const schema = schemas.of(ErrorBody, 'output')
  return Object.fromEntries(
    Object.entries(REFUSALS).map(([status, refusal]) => [
      refusal.name,
      {
        description: refusal.meaning,
        headers: {
          'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
          ...(status === '429' || status === '503'
            ? { 'Retry-After': { $ref: '#/components/headers/Retry-After' } }
            : {}),
        },
        content: { 'application/json': { schema, example: exampleOf(Number(status), refusal) } },
      },
    ]),
  )
}

export function refusalReference(status: number): Json {
  const known = REFUSALS[status]
  if (!known) throw new Error(`Say in open-api/refusals.ts what the refusal ${status} means`)
  return { $ref: `#/components/responses/${known.name}` }
}

function exampleOf(status: number, { exception, code, meaning }: Refusal): ErrorBody {
  return {
    action: 'POST',
    status: 'failed',
    status_code: status,
    target: 'task',
    exception_cls: exception,
    exception_msg: meaning,
    error_code: code,
    request_id: '7c2f1a52-6f0c-4c0b-9a53-0d4d3c4be5b1',
  }
}
