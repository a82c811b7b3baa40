import { z } from 'zod'

/** Every kind of mail, and what is known of its occasion. A kind more: here, and its text in each
 *  language of the worker's `mails/texts/`. */
export const MAIL_KINDS = {
  'confirm-address': z.object({ linkId: z.uuid() }),
  'reset-password': z.object({ linkId: z.uuid() }),
  'password-changed': z.object({}),
  'address-changed': z.object({}),
  'role-changed': z.object({ roles: z.array(z.enum(['admin', 'subadmin', 'pro'])) }),
  'personal-data-ready': z.object({ exportId: z.uuid() }),
  'account-erased': z.object({}),
} as const satisfies Record<string, z.ZodObject>

export type MailKind = keyof typeof MAIL_KINDS
export type MailData<Kind extends MailKind> = z.infer<(typeof MAIL_KINDS)[Kind]>

/** `GET /api/admin/mails`: the development inbox. */
export const CapturedMail = z
  .object({
    id: z.int32(),
    created: z.string(),
    recipient: z.string(),
    subject: z.string(),
    text: z.string(),
    html: z.string().nullable(),
  })
  .meta({ id: 'CapturedMail' })
export type CapturedMail = z.infer<typeof CapturedMail>
