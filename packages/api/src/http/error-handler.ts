import { databaseError, isConnectionFailure } from '@manyhands/shared/db/failures'
import type { ErrorBody } from '@manyhands/shared/errors/contract'
import {
  AppError,
  ConflictError,
  type ErrorKind,
  ForbiddenError,
  type Issue,
  MethodNotAllowedError,
  RateLimitedError,
  TooLargeError,
  UnavailableError,
  ValidationError,
  type ValidationFault,
} from '@manyhands/shared/errors/errors'
import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Env } from './env.ts'

/** Status and class name of each kind (rest-api.md section 8.1). */
const ANSWERS: Record<Exclude<ErrorKind, 'validation'>, [ContentfulStatusCode, string]> = {
  'not-found': [404, 'NotFound'],
  forbidden: [403, 'Forbidden'],
  unauthenticated: [401, 'Unauthorized'],
  conflict: [415, 'DBIntegrityError'],
  reserved: [400, 'BadRequest'],
  'method-not-allowed': [405, 'MethodNotAllowed'],
  'bad-request': [400, 'BadRequest'],
  'too-large': [413, 'RequestEntityTooLarge'],
  'rate-limited': [429, 'TooManyRequests'],
  unavailable: [503, 'ServiceUnavailable'],
}

const FAULTS: Record<ValidationFault, string> = {
  value: 'ValueError',
  'unknown-field': 'TypeError',
  'unknown-name': 'AttributeError',
  data: 'DataError',
}

export const handleError: ErrorHandler<Env> = (thrown, c) => {
  const error = toAppError(thrown)
  if (!error) {
    c.var.ctx.log.error(
      { err: thrown, request_id: c.var.requestId, path: c.req.path },
      'request failed',
    )
    // The message of an unknown error may hold SQL or data: it goes to the log only.
    return answer(
      c,
      500,
      'InternalServerError',
      'internal',
      'Something went wrong here; nothing was stored. Try again.',
    )
  }
  if (error instanceof UnavailableError) {
    c.var.ctx.log.warn({ err: error, request_id: c.var.requestId, path: c.req.path }, 'unavailable')
    c.header('Retry-After', '2')
  }
  if (error instanceof MethodNotAllowedError) c.set('action', error.action)
  if (error instanceof RateLimitedError) c.header('Retry-After', String(error.retryAfterSeconds))
  const [status, name]: [ContentfulStatusCode, string] =
    error instanceof ValidationError
      ? [415, FAULTS[error.fault]]
      : ANSWERS[error.kind as keyof typeof ANSWERS]
  return answer(c, status, name, error.code, error.message, issuesOf(error))
}

/** Routing-level: an unknown path, a wrong id, or a method that the path does not have. JSON for
 *  everybody, with the keys of both of the original's shapes (rest-api.md section 8.3): its `code` is
 *  the status. */
export function handleUnrouted(methodsOf: (path: string) => string[]): NotFoundHandler<Env> {
  return (c) => {
    const methods = methodsOf(c.req.path)
    if (methods.length === 0) {
      return unrouted(c, 404, 'NotFound', `404 Not Found: there is no ${c.req.path}`)
    }
    c.header('Allow', methods.join(', '))
    const message = `405 Method Not Allowed: ${c.req.path} takes ${methods.join(', ')}`
    return unrouted(c, 405, 'MethodNotAllowed', message)
  }
}

function unrouted(
  c: Context<Env>,
  status: 404 | 405,
  exception: string,
  message: string,
): Response {
  const code = status === 404 ? 'not_found' : 'method_not_allowed'
  c.set('problem', { exception_cls: exception, error_code: code })
  const body = errorBody(c, status, exception, code, message)
  return c.json({ ...body, code: status, description: message }, status)
}

/** Anything that was thrown, as one of our errors; undefined for what nobody foresaw. */
function toAppError(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError) return thrown
  if (thrown instanceof HTTPException && thrown.status === 413) return new TooLargeError(0)
  if (thrown instanceof HTTPException && thrown.status === 403) return new ForbiddenError()
  if (isConnectionFailure(thrown)) return new UnavailableError('The database', { cause: thrown })
  const cause = databaseError(thrown)
  if (!cause) return undefined
  const field = cause.column_name ? [{ field: cause.column_name, message: 'is not accepted' }] : []
  // Classes of SQLSTATE: 23 integrity, 22 data, 54 beyond a limit of PostgreSQL, 57014 statement timeout.
  if (cause.code.startsWith('23'))
    return new ConflictError(integrityMessage(cause.code), cause.column_name)
  if (cause.code.startsWith('22') || cause.code.startsWith('54'))
    return new ValidationError('A value does not fit its field', 'data', field)
  if (cause.code === '57014') return new UnavailableError('The database', { cause: thrown })
  return undefined
}

function integrityMessage(code: string): string {
  if (code === '23505') return 'There is one with this value already'
  if (code === '23503')
    return 'It refers to something that is not there, or something still refers to it'
  return 'A required value is missing or not allowed'
}

function issuesOf(error: AppError): Issue[] | undefined {
  const hasList = error instanceof ValidationError || error instanceof ForbiddenError
  if (hasList && error.issues.length > 0) return error.issues
  if (error instanceof ConflictError && error.field)
    return [{ field: error.field, message: error.message }]
  return undefined
}

function answer(
  c: Context<Env>,
  status: ContentfulStatusCode,
  exception: string,
  code: string,
  message: string,
  issues?: Issue[],
): Response {
  c.set('problem', {
    exception_cls: exception,
    error_code: code,
    ...(issues && { fields: issues.map(({ field }) => field) }),
  })
  const body = errorBody(c, status, exception, code, message)
  // The original's wrapper speaks then, not the object (rest-api.md section 8.2).
  const limited = status === 429 && { action: c.var.view ?? body.action, target: c.req.path }
  const page = c.var.isPage && { code: status, description: message }
  return c.json({ ...body, ...limited, ...page, ...(issues && { issues }) }, status)
}

function errorBody(
  c: Context<Env>,
  status: ContentfulStatusCode,
  exception: string,
  code: string,
  message: string,
): ErrorBody {
  return {
    action: c.var.action ?? (c.req.method === 'HEAD' ? 'GET' : c.req.method),
    status: 'failed',
    status_code: status,
    target: c.var.target ?? c.req.path,
    exception_cls: exception,
    exception_msg: message,
    error_code: code,
    request_id: c.var.requestId ?? '',
  }
}
