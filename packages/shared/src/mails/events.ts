import { z } from 'zod'

/** The outbox topic of a mail that was ordered. */
export const MAIL_ORDERED = 'mail-ordered'

export const MailOrdered = z.object({ mailId: z.uuid() })
