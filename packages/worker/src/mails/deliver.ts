import type { Context } from '@manyhands/shared/context/context'
import { captureMail } from '@manyhands/shared/mails/repository'
import type { MailRow } from '@manyhands/shared/mails/table'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { createTransport } from 'nodemailer'
import type { WrittenMail } from './layout.ts'

/** A server that does not answer must not hold a worker's place for minutes. */
const PATIENCE_MS = 10_000

/** Hands a mail to the SMTP server, or to the development inbox where there is none. Throws
 *  PermanentError when the server will never take it, and what keeps it from taking it now. */
export async function deliver(ctx: Context, mail: MailRow, written: WrittenMail): Promise<void> {
  const { SMTP_URL, MAIL_FROM, PUBLIC_URL } = ctx.config
  const { recipient } = mail
  if (!SMTP_URL) return captureMail(ctx.db.primary, { recipient, ...written })
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    // Ours is plain text: nothing in it is ever read from a file or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from: MAIL_FROM,
      // As an object, so that no address is taken for a list of several.
      to: { name: mail.fullname, address: recipient },
      // The same at every try: whoever gets it twice can tell.
      messageId: `<${mail.id}@${new URL(PUBLIC_URL).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...written,
    })
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw new PermanentError('The mail server refuses this mail', { cause: error })
  } finally {
    transport.close()
  }
}

/** RFC 5321 section 4.2.1: 5yz is a permanent negative answer. Those to signing in are our settings' fault,
 *  which somebody mends. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error) || !('responseCode' in error)) return false
  const code = Number(error.responseCode)
  return code >= 550 && code < 600
}
