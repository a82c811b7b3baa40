import type { Writer } from '../db/types.ts'
import { insertOutboxRow } from '../outbox/repository.ts'
import type { UserRow } from '../users/table.ts'
import { MAIL_KINDS, type MailData, type MailKind } from './contract.ts'
import { MAIL_ORDERED } from './events.ts'
import { insertMail } from './repository.ts'

/** Orders a mail in the transaction that makes it necessary: it is sent after the commit, and never when
 *  there is none. `to` is the account; `recipient` another address than the account's. */
export async function orderMail<Kind extends MailKind>(
  tx: Writer,
  to: Pick<UserRow, 'emailAddr' | 'fullname' | 'locale'>,
  kind: Kind,
  data: MailData<Kind>,
  recipient = to.emailAddr,
): Promise<void> {
  const { fullname, locale } = to
  const mailId = await insertMail(tx, {
    kind,
    recipient,
    fullname,
    locale,
    data: MAIL_KINDS[kind].parse(data),
  })
  await insertOutboxRow(tx, MAIL_ORDERED, { mailId })
}
