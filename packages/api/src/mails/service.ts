import { assertAllowed } from '@manyhands/shared/errors/allow'
import type { CapturedMail } from '@manyhands/shared/mails/contract'
import { mayReadInbox } from '@manyhands/shared/mails/policy'
import { INBOX_SIZE, listCapturedMails } from '@manyhands/shared/mails/repository'
import { toCapturedMailView } from '@manyhands/shared/mails/view'
import type { ServiceContext } from '../http/env.ts'

/** Mails that were kept instead of sent. Throws ForbiddenError, for admins too where mails are sent. */
export async function readInbox(ctx: ServiceContext): Promise<CapturedMail[]> {
  const mailsAreSent = ctx.config.SMTP_URL !== undefined
  assertAllowed(
    ctx.caller.userId !== null,
    mayReadInbox(ctx.caller, mailsAreSent),
    mailsAreSent ? 'Mails are sent here, and none is kept' : undefined,
  )
  return (await listCapturedMails(ctx.db.primary, INBOX_SIZE)).map(toCapturedMailView)
}
