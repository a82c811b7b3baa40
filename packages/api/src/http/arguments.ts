import type { ListShape } from '@manyhands/shared/db/list'
import { NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import type { Context } from 'hono'
import type { z } from 'zod'
import type { Env } from './env.ts'

/** The query arguments; of a repeated one the first value counts. Without a prototype, so that no name
 *  is there unsent. */
export function queryArguments(c: Context<Env>): Record<string, string> {
  const args: Record<string, string> = Object.create(null)
  for (const [name, value] of new URL(c.req.url).searchParams) {
    args[name] ??= value
  }
  return args
}

/** The id in the path; the route's pattern lets only digits through. Throws NotFoundError for a number
 *  that no id can be. */
export function pathId(c: Context<Env>, what: string, name = 'id'): number {
  const text = c.req.param(name) ?? ''
  const id = Number(text)
  if (!Number.isSafeInteger(id) || id > 2_147_483_647) throw new NotFoundError(what, text)
  return id
}

/** A write tolerates only `api_key` and names of the object's own fields in its query, whose values mean
 *  nothing (rest-api.md section 2.2). Throws ValidationError. */
export function refuseUnknownArguments(c: Context<Env>, shape: ListShape): void {
  const name = Object.keys(queryArguments(c)).find(
    (key) => key !== 'api_key' && !Object.hasOwn(shape.fields, key),
  )
  if (name === undefined) return
  throw new ValidationError(
    `type object '${shape.name}' has no attribute '${name}'`,
    'unknown-name',
    [{ field: name, message: 'is not a field of this object' }],
  )
}

/** The query arguments by their contract. Throws ValidationError naming each bad one. */
export function queryContract<T extends z.ZodObject>(contract: T, c: Context<Env>): z.infer<T> {
  const { api_key: _, ...args } = c.req.query()
  const parsed = contract.safeParse(args)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    message: issue.message,
  }))
  throw new ValidationError(`${issues[0]?.field}: ${issues[0]?.message}`, 'data', issues)
}
