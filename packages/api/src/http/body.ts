import {
  ConflictError,
  ForbiddenError,
  type Issue,
  ReservedFieldError,
  ValidationError,
} from '@manyhands/shared/errors/errors'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Env } from './env.ts'

/** Keys that clients send back from what they read: never stored, never an error. */
const SENT_BACK = ['link', 'links', 'stats']

/** What a body may not contain, besides what its contract says. */
export interface BodyRules {
  /** Written by the server: refused whatever the value. */
  reserved?: string[]
  /** The refusal of a reserved key says which it is; it does for some objects only (rest-api.md 2.2). */
  namesReserved?: boolean
  /** What the object has now: a client that sends it back unchanged is not refused for it. */
  unchanged?: Record<string, unknown>
  /** What a client has read of the object: what it sends back as it was is no change, and so needs no
   *  checking against rules that are younger than the object. */
  current?: Record<string, unknown>
  /** Throws when the caller may not write, whatever the values (rest-api.md section 2.2, the order). */
  beforeValues?: () => void
}

/** The body as JSON, whatever its content type says (rest-api.md section 0). Throws ValidationError. */
export async function readJson(c: Context<Env>): Promise<unknown> {
  const text = await readText(c)
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new ValidationError('The body is not JSON', 'value', [
      { field: '', message: 'must be JSON' },
    ])
  }
}

/** The body as a JSON object. Throws ValidationError. */
export async function readJsonObject(c: Context<Env>): Promise<Record<string, unknown>> {
  return asObject(await readJson(c))
}

/** The same where no body at all means no fields. Throws ValidationError. */
export async function readOptionalObject(c: Context<Env>): Promise<Record<string, unknown>> {
  return (await readText(c)).trim() === '' ? {} : readJsonObject(c)
}

/** A form is refused unread: it has a larger limit than what may be kept in memory. Throws ValidationError
 *  (rest-api.md section 6). */
async function readText(c: Context<Env>): Promise<string> {
  if (!isMultipart(c)) return c.req.text()
  throw new ValidationError('This endpoint takes no multipart/form-data', 'value', [
    { field: '', message: 'must be JSON' },
  ])
}

/** Throws ValidationError. */
export function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValidationError('The body must be a JSON object', 'unknown-name', [
      { field: '', message: 'must be an object' },
    ])
  }
  return value as Record<string, unknown>
}

/** Numbers that came as text, as numbers (clients.md C.16): `"5"` is 5, anything else stays as it is. */
export function withNumbers(
  body: Record<string, unknown>,
  names: string[],
): Record<string, unknown> {
  const isNumber = (value: unknown) => typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      names.includes(name) && isNumber(value) ? Number(value) : value,
    ]),
  )
}

/** The first two refusals of a body, before the caller's rights are looked at: a reserved field, a field
 *  that there is not (rest-api.md section 2.2). Throws ReservedFieldError, ValidationError. */
export function assertFields(
  contract: z.ZodObject,
  body: Record<string, unknown>,
  reserved: string[],
): void {
  if (reserved.some((key) => key in body)) throw new ReservedFieldError()
  const unknown = Object.keys(body).filter(
    (key) => !(SENT_BACK.includes(key) || Object.hasOwn(contract.shape, key)),
  )
  if (unknown.length === 0) return
  const issues = unknown.map((field) => ({ field, message: 'is not a field of this object' }))
  throw new ValidationError(`${unknown[0]}: is not a field of this object`, 'unknown-field', issues)
}

/** A form, with or without a file: `withUpload` reads it. */
export function isMultipart(c: Pick<Context, 'req'>): boolean {
  return /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')
}

/** Checks a body against its contract. Throws ReservedFieldError, ForbiddenError for a changed field
 *  that only the server writes, ValidationError, and ConflictError for a required field without value:
 *  the classes of the contract (rest-api.md section 2.2). */
export function parseBody<T extends z.ZodType>(
  contract: T,
  body: Record<string, unknown>,
  rules: BodyRules = {},
): z.infer<T> {
  const rest = { ...body }
  for (const key of SENT_BACK) delete rest[key]
  refuseReserved(rest, rules)
  for (const [key, current] of Object.entries(rules.unchanged ?? {})) {
    if (!(key in rest)) continue
    if (!isSame(rest[key], current))
      throw new ForbiddenError(`${key} cannot be changed here`, 'server_owned')
    delete rest[key]
  }
  for (const [key, current] of Object.entries(rules.current ?? {})) {
    if (key in rest && isSame(rest[key], current)) delete rest[key]
  }
  const parsed = contract.safeParse(rest)
  if (parsed.success) return parsed.data
  const error = toBodyError(parsed.error, rest)
  // A stranger hears of an unknown field first, of a bad value only once they may write at all.
  if (!(error instanceof ValidationError && error.fault === 'unknown-field')) rules.beforeValues?.()
  throw error
}

/** Throws ReservedFieldError. */
export function refuseReserved(
  body: Record<string, unknown>,
  { reserved, namesReserved }: Pick<BodyRules, 'reserved' | 'namesReserved'>,
): void {
  const key = Object.keys(body).find((name) => reserved?.includes(name))
  if (key === undefined) return
  throw new ReservedFieldError(namesReserved ? `Reserved keys in payload: ${key}` : undefined)
}

function toBodyError(error: z.ZodError, body: Record<string, unknown>): Error {
  // A field that there is none comes before any bad value (rest-api.md section 2.2).
  const isUnknown = (issue: z.core.$ZodIssue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
  const found = [...error.issues].sort((a, b) => Number(isUnknown(b)) - Number(isUnknown(a)))
  const [first] = found
  const issues: Issue[] = found.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: key, message: 'is not a field of this object' }))
      : [{ field: issue.path.join('.'), message: issue.message }],
  )
  const [problem] = issues
  const message = problem ? `${problem.field}: ${problem.message}` : 'Not valid'
  if (first?.code === 'unrecognized_keys')
    return new ValidationError(message, 'unknown-field', issues)
  const value = first && valueAt(body, first.path)
  if (value === undefined || value === null || value === '') {
    return new ConflictError(`${problem?.field} must have a value`, problem?.field)
  }
  return new ValidationError(message, first?.code === 'custom' ? 'value' : 'data', issues)
}

function valueAt(body: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    body,
  )
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
