import type { Config } from '../config/config.ts'
import type { Writer } from '../db/types.ts'
import { hasRecentLink, insertMailedLink } from '../mailed-links/repository.ts'
import { orderMail } from '../mails/order-mail.ts'
import type { UserRow } from '../users/table.ts'

/** Nobody's inbox is filled by whoever knows an address: asked again within this time, the mail that is on
 *  its way is the answer. */
const REST_SECONDS = 60

type Lifetime = Pick<Config, 'MAILED_LINK_TTL_SECONDS'>

/** Orders the mail that asks whether `emailAddr` belongs to the account's person. */
export async function orderConfirmation(
  tx: Writer,
  config: Lifetime,
  user: UserRow,
  emailAddr = user.emailAddr,
): Promise<void> {
  const link = { purpose: 'confirm-email' as const, userId: user.id, emailAddr }
  if (await hasRecentLink(tx, link, REST_SECONDS)) return
  const linkId = await insertMailedLink(tx, link, config.MAILED_LINK_TTL_SECONDS)
  await orderMail(tx, user, 'confirm-address', { linkId }, emailAddr)
}

/** Orders the mail with which its person sets a new password. */
export async function orderPasswordReset(
  tx: Writer,
  config: Lifetime,
  user: UserRow,
): Promise<void> {
  const { id: userId, emailAddr } = user
  const link = { purpose: 'reset-password' as const, userId, emailAddr }
  if (await hasRecentLink(tx, link, REST_SECONDS)) return
  const linkId = await insertMailedLink(tx, link, config.MAILED_LINK_TTL_SECONDS)
  await orderMail(tx, user, 'reset-password', { linkId })
}
