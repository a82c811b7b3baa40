import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { changeRoles, lockRoles } from '@manyhands/shared/users/change-roles'
import type {
  AdminUser,
  AdminUserPage,
  RolesChange,
  UserSearch,
} from '@manyhands/shared/users/contract'
import { forgetAccount } from '@manyhands/shared/users/forget-account'
import { mayAdministerUsers } from '@manyhands/shared/users/policy'
import { lockUser, searchUsers } from '@manyhands/shared/users/repository'
import { toAdminUserView } from '@manyhands/shared/users/view'
import type { ServiceContext } from '../http/env.ts'

const PAGE = 50
const LONGEST_PAGE = 100

/** Throws UnauthenticatedError, ForbiddenError. */
export async function findAccounts(ctx: ServiceContext, q: UserSearch): Promise<AdminUserPage> {
  assertAdministers(ctx)
  const limit = Math.min(Math.max(Number(q.limit ?? PAGE), 1), LONGEST_PAGE)
  const words = (q.search ?? '').split(/\s+/).filter(Boolean)
  const before = q.before === undefined ? undefined : Number(q.before)
  const rows = await ctx.read((db) => searchUsers(db, { words, before, limit: limit + 1 }))
  const items = rows.slice(0, limit).map(toAdminUserView)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? String(last.id) : null }
}

/** Gives and takes roles; it is effective at once, and the person is told. Throws NotFoundError,
 *  ForbiddenError for one's own right to administer and for the last admin's. */
export async function giveRoles(
  ctx: ServiceContext,
  id: number,
  change: RolesChange,
): Promise<AdminUser> {
  assertAdministers(ctx)
  const { before, changed } = await ctx.db.primary.transaction(async (tx) => {
    const admins = await lockRoles(tx)
    const user = await lockUser(tx, id)
    if (!user) throw new NotFoundError('user', id)
    const by = { caller: ctx.caller, account: ctx.caller.account }
    return { before: user, changed: await changeRoles(tx, user, change, by, admins) }
  })
  await forgetAccount(ctx, before, changed.ended)
  await ctx.wrote()
  return toAdminUserView(changed.user)
}

function assertAdministers(ctx: ServiceContext): void {
  assertAllowed(ctx.caller.userId !== null, mayAdministerUsers(ctx.caller))
}
