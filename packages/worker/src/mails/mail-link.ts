import type { Context } from '@manyhands/shared/context/context'
import { findMailedLink } from '@manyhands/shared/mailed-links/repository'
import { mailedLinkToken } from '@manyhands/shared/mailed-links/token'
import { MAIL_KINDS } from '@manyhands/shared/mails/contract'
import type { MailRow } from '@manyhands/shared/mails/table'

import { KEPT_MS, personalDataLink } from '@manyhands/shared/personal-data/download-link'
import { findPersonalData } from '@manyhands/shared/personal-data/repository'

export interface MailLink {
  link: string
  linkHours: number
}

/** Pages of the app that open mailed links. What follows the `#` reaches no server, so no log. */
const PAGES = {
  'confirm-email': '/account/confirm-email',
  'reset-password': '/account/reset-password',
}
const HOUR_MS = 3_600_000

/** What the mail's button opens. Undefined when it would open nothing any more: the link was used, or
 *  replaced by a newer one, or is too old. */
export async function findMailLink(ctx: Context, mail: MailRow): Promise<MailLink | undefined> {
  switch (mail.kind) {
    case 'confirm-address':
    case 'reset-password': {
      const { linkId } = MAIL_KINDS[mail.kind].parse(mail.data)
      const row = await findMailedLink(ctx.db.primary, linkId)
      if (!row) return undefined
      const token = mailedLinkToken(ctx.secrets, row)
      return {
        link: `${ctx.config.PUBLIC_URL}${PAGES[row.purpose]}#${token}`,
        linkHours: (row.expires.getTime() - ctx.clock()) / HOUR_MS,
      }
    }
    case 'personal-data-ready': {
      const { exportId } = MAIL_KINDS[mail.kind].parse(mail.data)
      const row = await findPersonalData(ctx.db.primary, exportId)
      if (!row) return undefined
      const until = row.created.getTime() + KEPT_MS
      return {
        link: ctx.config.PUBLIC_URL + personalDataLink(ctx.secrets, exportId, until),
        linkHours: (until - ctx.clock()) / HOUR_MS,
      }
    }
    default:
      return { link: '', linkHours: 0 }
  }
}
