import { setTimeout as wait } from 'node:timers/promises'
import { orderConfirmation } from '@manyhands/shared/account/order-link'
import { ConflictError, UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { takeMailedLink } from '@manyhands/shared/mailed-links/repository'
import { readMailedLinkToken } from '@manyhands/shared/mailed-links/token'
import { orderMail } from '@manyhands/shared/mails/order-mail'
import { forgetAccount } from '@manyhands/shared/users/forget-account'
import { findUserByAddress, lockUser, updateUser } from '@manyhands/shared/users/repository'
import { takenOr } from '@manyhands/shared/users/taken'
import type { ServiceContext } from '../http/env.ts'
import { LinkExpiredError } from './link-expired-error.ts'

const ANSWER_MS = 200

/** Confirms that the link's address belongs to its account; a new address takes the old one's place, which
 *  is told. Returns the address. Throws LinkExpiredError, ConflictError when another account has got
 *  the address meanwhile. */
export async function confirmAddress(ctx: ServiceContext, token: string): Promise<string> {
  const id = readMailedLinkToken(ctx.secrets, 'confirm-email', token)
  if (!id) throw new LinkExpiredError()
  const { before, address } = await ctx.db.primary
    .transaction(async (tx) => {
      const link = await takeMailedLink(tx, id, 'confirm-email')
      const user = link && (await lockUser(tx, link.userId))
      if (!user) throw new LinkExpiredError()
      await updateUser(tx, user.id, { emailAddr: link.emailAddr, validEmail: true })
      if (link.emailAddr !== user.emailAddr) await orderMail(tx, user, 'address-changed', {})
      return { before: user, address: link.emailAddr }
    })
    .catch((error: unknown) => {
      throw takenOr(error)
    })
  await forgetAccount(ctx, before)
  await ctx.wrote()
  return address
}

/** Sends the mail again to the caller's own address. Throws UnauthenticatedError, ConflictError when
 *  it is confirmed. */
export async function confirmOwnAddress(ctx: ServiceContext): Promise<void> {
  const { userId } = ctx.caller
  await ctx.db.primary.transaction(async (tx) => {
    const user = userId === null ? undefined : await lockUser(tx, userId)
    if (!user) throw new UnauthenticatedError()
    if (user.validEmail) throw new ConflictError('The address is confirmed', 'email_addr')
    await orderConfirmation(tx, ctx.config, user)
    await updateUser(tx, user.id, { confirmationEmailSent: true })
  })
  await ctx.wrote()
}

/** The same for somebody who cannot sign in before they have confirmed. Tells nobody whether the address
 *  has an account. */
export async function resendConfirmation(ctx: ServiceContext, address: string): Promise<void> {
  const order = ctx.db.primary.transaction(async (tx) => {
    const found = await findUserByAddress(tx, address)
    const user = found && (await lockUser(tx, found.id))
    if (user && !user.validEmail) await orderConfirmation(tx, ctx.config, user)
  })
  await Promise.all([wait(ANSWER_MS), order])
}
