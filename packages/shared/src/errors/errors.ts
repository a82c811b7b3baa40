/** What can go wrong on purpose. Services throw these; only `api/http` knows status numbers.
 *  `code` is stable and machine-readable, `message` is for people. */
export abstract class AppError extends Error {
  abstract readonly kind: ErrorKind
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
}

export type ErrorKind =
  | 'not-found'
  | 'forbidden'
  | 'unauthenticated'
  | 'conflict'
  | 'reserved'
  | 'method-not-allowed'
  | 'bad-request'
  | 'validation'
  | 'too-large'
  | 'rate-limited'
  | 'unavailable'

export class NotFoundError extends AppError {
  readonly kind = 'not-found'
  constructor(what: string, id: string | number) {
    super('not_found', `404 Not Found: there is no ${what} ${id}`)
  }
}

export class ForbiddenError extends AppError {
  readonly kind = 'forbidden'
  /** What stands in the way, where there is a list of it. */
  readonly issues: Issue[]
  constructor(
    message = 'You are not allowed to do this',
    code = 'forbidden',
    issues: Issue[] = [],
  ) {
    super(code, message)
    this.issues = issues
  }
}

export class UnauthenticatedError extends AppError {
  readonly kind = 'unauthenticated'
  constructor(message = 'Sign in, or send an API key, to do this') {
    super('unauthenticated', message)
  }
}

/** A row that breaks a unique, not-null or foreign key. `field` is the wire's name of the column. */
export class ConflictError extends AppError {
  readonly kind = 'conflict'
  readonly field: string | undefined
  constructor(message: string, field?: string) {
    super('conflict', message)
    this.field = field
  }
}

/** A field that only the server writes. */
export class ReservedFieldError extends AppError {
  readonly kind = 'reserved'
  constructor(message = 'Reserved keys in payload') {
    super('reserved_field', message)
  }
}

/** A value that is of the right kind and still makes no sense here: the contract's few 400s. */
export class BadRequestError extends AppError {
  readonly kind = 'bad-request'
  constructor(message: string) {
    super('bad_request', message)
  }
}

/** What the contract refuses to everybody by 405 rather than by a missing route. `action` is what the error
 *  body calls it (rest-api.md section 8.2). */
export class MethodNotAllowedError extends AppError {
  readonly kind = 'method-not-allowed'
  readonly action: string
  constructor(message: string, action: string) {
    super('method_not_allowed', message)
    this.action = action
  }
}

/** What is wrong with an input: the syntax of a value, an unknown field of a body, an unknown name in
 *  a query, or a value that the column cannot hold. The contract names each of them differently
 *  (rest-api.md section 8.1). */
export type ValidationFault = 'value' | 'unknown-field' | 'unknown-name' | 'data'

export interface Issue {
  field: string
  message: string
}

export class ValidationError extends AppError {
  readonly kind = 'validation'
  readonly fault: ValidationFault
  readonly issues: Issue[]
  constructor(message: string, fault: ValidationFault = 'value', issues: Issue[] = []) {
    super('invalid', message)
    this.fault = fault
    this.issues = issues
  }
}

export class TooLargeError extends AppError {
  readonly kind = 'too-large'
  /** `setting`: the variable that the operator would raise. */
  constructor(limitBytes: number, what = 'The body', setting?: string) {
    const limit = setting ? ` (${setting})` : ''
    super('too_large', `${what} is larger than the ${limitBytes} bytes allowed here${limit}`)
  }
}

export class RateLimitedError extends AppError {
  readonly kind = 'rate-limited'
  readonly retryAfterSeconds: number
  constructor(
    retryAfterSeconds: number,
    message = 'Too many requests: wait until X-RateLimit-Reset',
  ) {
    super('rate_limited', message)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** Something the platform needs does not answer just now; the same request may work in a moment. */
export class UnavailableError extends AppError {
  readonly kind = 'unavailable'
  constructor(what: string, options?: ErrorOptions) {
    super('unavailable', `${what} does not answer just now, try again in a moment`, options)
  }
}
