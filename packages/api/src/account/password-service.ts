import { setTimeout as wait } from 'node:timers/promises'
import type { ChangePassword, ResetPassword } from '@manyhands/shared/account/contract'
import { orderPasswordReset } from '@manyhands/shared/account/order-link'
import type { Writer } from '@manyhands/shared/db/types'
import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { deleteMailedLinksOf, takeMailedLink } from '@manyhands/shared/mailed-links/repository'
import { readMailedLinkToken } from '@manyhands/shared/mailed-links/token'
import { orderMail } from '@manyhands/shared/mails/order-mail'
import { hashPassword } from '@manyhands/shared/secrets/passwords'
import { endSessions } from '@manyhands/shared/sessions/repository'
import { forgetAccount } from '@manyhands/shared/users/forget-account'
import { findUserByAddress, lockUser, updateUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'
import { getOwnAccount } from '../sessions/own-account.ts'
import { assertOwnPasswords } from '../sessions/own-passwords.ts'
import { assertPresent } from './assert-present.ts'
import { LinkExpiredError } from './link-expired-error.ts'

/** The answer takes as long for an address that nobody has. */
const ANSWER_MS = 200

/** Ends every session of the account and opens a new one for this browser. Throws ValidationError for
 *  a wrong password, ForbiddenError for an API key. */
export async function changePassword(
  ctx: ServiceContext,
  input: ChangePassword,
  token: string | undefined,
): Promise<OpenedSession> {
  const own = await getOwnAccount(ctx)
  if (!own.admin) assertOwnPasswords(ctx.config)
  const proof = { password: input.current_password, field: 'current_password', token }
  await assertPresent(ctx, own, proof)
  const passwdHash = await hashPassword(input.new_password)
  const { before, after, ended } = await ctx.db.primary.transaction(async (tx) => {
    const user = await lockUser(tx, own.id)
    // Changed by somebody else since it was asked for: then that password is not theirs any more.
    if (!user || user.passwdHash !== own.passwdHash) throw new UnauthenticatedError()
    return setPassword(tx, user, { passwdHash })
  })
  await forgetAccount(ctx, before, ended)
  return openSession(ctx, after)
}

/** Sends the mail with which a new password is set, if the address has an account. Tells nobody whether
 *  it has. */
export async function forgotPassword(ctx: ServiceContext, address: string): Promise<void> {
  assertOwnPasswords(ctx.config)
  await Promise.all([wait(ANSWER_MS), ctx.db.primary.transaction((tx) => order(ctx, tx, address))])
}

async function order(ctx: ServiceContext, tx: Writer, address: string): Promise<void> {
  const found = await findUserByAddress(tx, address)
  const user = found && (await lockUser(tx, found.id))
  if (user) await orderPasswordReset(tx, ctx.config, user)
}

/** Ends every session. Whoever has read the mail also has the address. Throws LinkExpiredError. */
export async function resetPassword(
  ctx: ServiceContext,
  { token, password }: ResetPassword,
): Promise<void> {
  assertOwnPasswords(ctx.config)
  const id = readMailedLinkToken(ctx.secrets, 'reset-password', token)
  if (!id) throw new LinkExpiredError()
  const passwdHash = await hashPassword(password)
  const { before, ended } = await ctx.db.primary.transaction(async (tx) => {
    const link = await takeMailedLink(tx, id, 'reset-password')
    const user = link && (await lockUser(tx, link.userId))
    if (!user || user.emailAddr !== link.emailAddr) throw new LinkExpiredError()
    return setPassword(tx, user, { passwdHash, validEmail: true })
  })
  await forgetAccount(ctx, before, ended)
  await ctx.wrote()
}

async function setPassword(tx: Writer, user: UserRow, change: Partial<UserRow>) {
  const after = (await updateUser(tx, user.id, change)) ?? user
  await deleteMailedLinksOf(tx, user.id, 'reset-password')
  await orderMail(tx, after, 'password-changed', {})
  return { before: user, after, ended: await endSessions(tx, user.id) }
}
