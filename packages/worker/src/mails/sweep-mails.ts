import { sendMail, sweepMails } from '@manyhands/shared/mails/jobs'
import { deleteOldMails, listIdleMails } from '@manyhands/shared/mails/repository'
import { handle } from '../runtime/handle.ts'

const IDLE_SECONDS = 120
const PAGE = 1_000
/** A server that is away for longer has lost more than our mails. */
const KEPT_DAYS = 3

export const sweepMailsJob = handle(sweepMails, async (ctx) => {
  const dropped = await deleteOldMails(ctx.db.primary, KEPT_DAYS)
  if (dropped > 0) ctx.log.error({ dropped }, 'mails were dropped that could not be sent for days')
  for (const mailId of await listIdleMails(ctx.db.primary, IDLE_SECONDS, PAGE)) {
    await ctx.producer.enqueue(sendMail, { mailId })
  }
})
