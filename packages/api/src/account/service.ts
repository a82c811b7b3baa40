import type { Account } from '@manyhands/shared/account/contract'
import { orderConfirmation } from '@manyhands/shared/account/order-link'
import { toAccountView } from '@manyhands/shared/account/view'
import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { findPendingAddress } from '@manyhands/shared/mailed-links/repository'
import { createApiKey, revealApiKey } from '@manyhands/shared/users/api-key'
import type { AccountChange, Register } from '@manyhands/shared/users/contract'
import { createUser } from '@manyhands/shared/users/create-user'
import { forgetAccount } from '@manyhands/shared/users/forget-account'
import { findUser, lockUser, updateUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'
import { assertOwnPasswords } from '../sessions/own-passwords.ts'
import { changeUser } from '../users/change-user.ts'

/** A session for the new account; undefined where its address must be confirmed first. Throws
 *  ConflictError naming what is taken, ForbiddenError where a directory has the accounts. */
export async function register(
  ctx: ServiceContext,
  input: Register,
): Promise<OpenedSession | undefined> {
  assertOwnPasswords(ctx.config)
  if (!ctx.config.CONFIRM_EMAIL) {
    const { user } = await createUser(ctx, input)
    return openSession(ctx, user)
  }
  await createUser(ctx, input, { confirmationEmailSent: true }, (tx, user) =>
    orderConfirmation(tx, ctx.config, user),
  )
  return undefined
}

/** The caller's own account. Throws UnauthenticatedError. */
export async function getAccount(ctx: ServiceContext): Promise<Account> {
  return show(ctx, await findOwn(ctx))
}

/** Changes what is sent and nothing else; a new address takes effect once it is confirmed. Throws
 *  ConflictError, ValidationError and ForbiddenError naming the field. */
export async function changeAccount(ctx: ServiceContext, change: AccountChange): Promise<Account> {
  const { id } = await findOwn(ctx)
  return show(ctx, await changeUser(ctx, id, change))
}

/** The caller's own key. Throws UnauthenticatedError. */
export async function getApiKey(ctx: ServiceContext): Promise<string> {
  const user = await findOwn(ctx)
  if (!user.apiKeySealed) throw new UnauthenticatedError()
  return revealApiKey(ctx.secrets, user.apiKeySealed)
}

/** A new key; the old one opens nothing any more, on any process. Throws UnauthenticatedError. */
export async function resetApiKey(ctx: ServiceContext): Promise<string> {
  const { id } = await findOwn(ctx)
  const { apiKey, ...stored } = createApiKey(ctx.secrets)
  const before = await ctx.db.primary.transaction(async (tx) => {
    const user = await lockUser(tx, id)
    if (!user) throw new UnauthenticatedError()
    await updateUser(tx, id, stored)
    return user
  })
  await forgetAccount(ctx, before)
  await ctx.wrote()
  return apiKey
}

async function show(ctx: ServiceContext, user: UserRow): Promise<Account> {
  const pending = await findPendingAddress(ctx.db.primary, user.id)
  return toAccountView(user, pending === user.emailAddr ? undefined : pending)
}

async function findOwn(ctx: ServiceContext): Promise<UserRow> {
  const { userId } = ctx.caller
  const user = userId === null ? undefined : await findUser(ctx.db.primary, userId)
  if (!user) throw new UnauthenticatedError()
  return user
}
