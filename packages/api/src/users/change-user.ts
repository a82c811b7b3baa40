import { orderConfirmation } from '@manyhands/shared/account/order-link'
import { recordChange, recordChanges } from '@manyhands/shared/audit-log/repository'
import type { Writer } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { ConflictError, ForbiddenError, NotFoundError } from '@manyhands/shared/errors/errors'
import { mayChangeSignIn } from '@manyhands/shared/sessions/policy'
import { endSessions } from '@manyhands/shared/sessions/repository'
import { changeRoles, lockRoles, ROLES } from '@manyhands/shared/users/change-roles'
import type { RolesChange, UserChange } from '@manyhands/shared/users/contract'
import { forgetAccount } from '@manyhands/shared/users/forget-account'
import { isSelf, mayAdministerUsers, mayUpdateUser } from '@manyhands/shared/users/policy'
import { findUserByAddress, lockUser, updateUser } from '@manyhands/shared/users/repository'
import { ownInfo } from '@manyhands/shared/users/rules'
import type { UserRow } from '@manyhands/shared/users/table'
import { takenOr } from '@manyhands/shared/users/taken'
import type { ServiceContext } from '../http/env.ts'

/** Changes what is sent of an account and nothing else, whoever may: its person, or an admin, who may also
 *  give and take roles. A new address takes effect once it is confirmed. Throws NotFoundError,
 *  UnauthenticatedError, and ForbiddenError, ValidationError and ConflictError naming the field. */
export async function changeUser(
  ctx: ServiceContext,
  id: number,
  change: UserChange,
): Promise<UserRow> {
  const roles = rolesIn(change)
  const { before, after, ended } = await ctx.db.primary
    .transaction(async (tx) => {
      const admins = roles ? await lockRoles(tx) : []
      const user = await lockUser(tx, id)
      if (!user) throw new NotFoundError('user', id)
      assertMayChange(ctx, user, roles)
      const columns = toColumns(ctx, user, change)
      const changed = Object.keys(columns).length > 0 ? await updateUser(tx, id, columns) : user
      if (!changed) throw new NotFoundError('user', id)
      if (change.email_addr !== undefined) await changeAddress(ctx, tx, changed, change.email_addr)
      const by = { caller: ctx.caller, account: ctx.caller.account }
      const given = await changeRoles(tx, changed, roles ?? {}, by, admins)
      if (!isSelf(ctx.caller, user)) await recordForeign(ctx, tx, user, changed)
      // An admin who restricts somebody ends what they are doing; whoever restricts themselves goes on.
      const restricted = changed.restrict && !user.restrict && !isSelf(ctx.caller, user)
      const out = restricted ? await endSessions(tx, id) : []
      return { before: user, after: given.user, ended: [...given.ended, ...out] }
    })
    .catch((error: unknown) => {
      throw takenOr(error)
    })
  await forgetAccount(ctx, before, ended)
  await ctx.wrote()
  return after
}

function assertMayChange(ctx: ServiceContext, user: UserRow, roles: RolesChange | undefined): void {
  const { caller } = ctx
  assertAllowed(caller.userId !== null, mayUpdateUser(caller, user))
  if (!roles || mayAdministerUsers(caller)) return
  // What is sent back as it is, is no change.
  const changed = ROLES.find((role) => roles[role] !== undefined && roles[role] !== user[role])
  if (changed) throw new ForbiddenError(`${changed} is given by admins`, 'server_owned')
}

function toColumns(ctx: ServiceContext, user: UserRow, change: UserChange): Partial<UserRow> {
  const columns = {
    name: change.name,
    fullname: change.fullname,
    locale: change.locale,
    privacyMode: change.privacy_mode,
    restrict: change.restrict,
    subscribed: change.subscribed,
    consent: change.consent,
    // Unique: no key is no value, however it is said.
    ckanApi: change.ckan_api === undefined ? undefined : change.ckan_api || null,
    userPref: change.user_pref,
    info: change.info === undefined ? undefined : infoOf(ctx, user, change.info),
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

function infoOf(ctx: ServiceContext, user: UserRow, sent: Record<string, unknown>) {
  if (mayAdministerUsers(ctx.caller)) return sent
  const { info, refused } = ownInfo(user.info, sent)
  if (refused) throw new ForbiddenError(`info.${refused} cannot be changed here`, 'server_owned')
  return info
}

/** The mail goes to the new address; until it is answered the old one stays. */
async function changeAddress(
  ctx: ServiceContext,
  tx: Writer,
  user: UserRow,
  address: string,
): Promise<void> {
  if (address === user.emailAddr) return
  // Whoever has the address resets the password: so a script's key does not change its own.
  if (isSelf(ctx.caller, user) && !mayChangeSignIn(ctx.caller)) {
    throw new ForbiddenError(
      'email_addr cannot be changed with an API key: sign in',
      'server_owned',
    )
  }
  const other = await findUserByAddress(tx, address)
  if (other && other.id !== user.id) {
    throw new ConflictError('There is an account with this e-mail address', 'email_addr')
  }
  await orderConfirmation(tx, ctx.config, user, address)
}

/** What somebody else changed of an account is written down; what its person changes is theirs. Of names
 *  and info only that they changed: the log outlives the account. */
async function recordForeign(
  ctx: ServiceContext,
  tx: Writer,
  before: UserRow,
  after: UserRow,
): Promise<void> {
  const by = { project: null, user: ctx.caller.account }
  const facts = ({ restrict, privacyMode }: UserRow) => ({
    [`user.${before.id}.restrict`]: restrict,
    [`user.${before.id}.privacy_mode`]: privacyMode,
  })
  await recordChanges(tx, by, facts(before), facts(after))
  for (const name of ['name', 'fullname', 'info'] as const) {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) continue
    await recordChange(tx, { ...by, action: 'update', attribute: `user.${before.id}.${name}` })
  }
}

function rolesIn({ admin, subadmin, pro }: UserChange): RolesChange | undefined {
  const roles = { admin, subadmin, pro }
  const sent = Object.entries(roles).filter(([, value]) => value !== undefined)
  return sent.length > 0 ? Object.fromEntries(sent) : undefined
}
