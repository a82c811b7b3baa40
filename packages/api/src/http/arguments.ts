import { NotFoundError } from '@manyhands/shared/errors/errors'
import type { Context } from 'hono'
import type { Env } from './env.ts'

/** The query arguments; of a repeated one the first value counts. */
export function queryArguments(c: Context<Env>): Record<string, string> {
  return c.req.query()
}

/** The id in the path; the route's pattern lets only digits through. Throws NotFoundError for a number
 *  that no id can be. */
export function pathId(c: Context<Env>, what: string): number {
  const id = Number(c.req.param('id'))
  if (!Number.isSafeInteger(id) || id > 2_147_483_647)
    throw new NotFoundError(what, c.req.param('id') ?? '')
  return id
}
