import { asc, eq } from 'drizzle-orm'
import type { Context } from '../src/context/context.ts'
import { mailedLinkToken } from '../src/mailed-links/token.ts'
import { type MailRow, mails } from '../src/mails/table.ts'

/** The mails to an address that were ordered and not sent, oldest first. */
export function orderedMails(ctx: Context, recipient: string): Promise<MailRow[]> {
  return ctx.db.primary
    .select()
    .from(mails)
    .where(eq(mails.recipient, recipient))
    .orderBy(asc(mails.created))
}

/** The token that the newest mail of this kind to an address will carry. */
export async function mailedToken(
  ctx: Context,
  recipient: string,
  kind: 'confirm-address' | 'reset-password',
): Promise<string> {
  const mail = (await orderedMails(ctx, recipient)).findLast((row) => row.kind === kind)
  if (!mail) throw new Error(`no ${kind} was ordered for ${recipient}`)
  const purpose = kind === 'confirm-address' ? 'confirm-email' : 'reset-password'
  return mailedLinkToken(ctx.secrets, { id: String(mail.data.linkId), purpose })
}
