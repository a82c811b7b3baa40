import { sendMail } from '@manyhands/shared/mails/jobs'
import { deleteMail, takeMail } from '@manyhands/shared/mails/repository'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { handle } from '../runtime/handle.ts'
import { deliver } from './deliver.ts'
import { findMailLink } from './mail-link.ts'
import { writeMail } from './write-mail.ts'

/** Sends an ordered mail: at least once, and no more once its row is gone. What the server refuses for good
 *  is dropped; what it cannot take now stays for the sweep. */
export const sendMailJob = handle(sendMail, async (ctx, { mailId }) => {
  const mail = await takeMail(ctx.db.primary, mailId)
  if (!mail) return
  try {
    const link = await findMailLink(ctx, mail)
    if (link) await deliver(ctx, mail, writeMail(mail, ctx.config.BRAND, link))
  } catch (error) {
    if (error instanceof PermanentError) await deleteMail(ctx.db.primary, mailId)
    throw error
  }
  await deleteMail(ctx.db.primary, mailId)
})
