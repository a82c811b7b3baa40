import { parseListQuery } from '@manyhands/shared/db/list'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { PRIVATE_FIELDS, userList } from '@manyhands/shared/users/list-shape'
import { mayReadUser, mayUpdateUser } from '@manyhands/shared/users/policy'
import { findUser, listUsers as listUserRows } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'

/** A page of accounts, whoever asks: there is no scope of one's own. Throws ValidationError. */
export function listUsers(ctx: ServiceContext, args: Record<string, string>): Promise<UserRow[]> {
  // Whoever is restricted is in no list, whatever is asked for.
  const { restrict: _overridden, ...rest } = args
  const { isAdmin } = ctx.caller
  const query = parseListQuery(userList, rest, isAdmin)
  const asked = [...Object.keys(rest), rest.orderby ?? '']
  const openOnly = !isAdmin && asked.some((name) => PRIVATE_FIELDS.includes(name))
  return ctx.read((db) => listUserRows(db, query, openOnly))
}

/** Throws NotFoundError, and what a restricted account answers to others. */
export async function getUser(ctx: ServiceContext, id: number): Promise<UserRow> {
  const user = await ctx.read((db) => findUser(db, id))
  if (!user) throw new NotFoundError('user', id)
  assertAllowed(ctx.caller.userId !== null, mayReadUser(ctx.caller, user))
  return user
}

/** The account that the caller is about to change. Throws NotFoundError, UnauthenticatedError,
 *  ForbiddenError. */
export async function getUserToChange(ctx: ServiceContext, id: number): Promise<UserRow> {
  const user = await findUser(ctx.db.primary, id)
  if (!user) throw new NotFoundError('user', id)
  assertAllowed(ctx.caller.userId !== null, mayUpdateUser(ctx.caller, user))
  return user
}
