import { z } from 'zod'

/** `GET` and `PUT /api/projects/<short_name>/webhook`. */
export const WebhookSettings = z
  .object({
    url: z.string().nullable(),
    /** Calls are signed; the secret itself is shown by `…/webhook/secret`. */
    has_secret: z.boolean(),
  })
  .meta({ id: 'WebhookSettings' })
export type WebhookSettings = z.infer<typeof WebhookSettings>

export const WebhookChange = z
  .strictObject({
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .nullable(),
  })
  .meta({ id: 'WebhookChange' })
export type WebhookChange = z.infer<typeof WebhookChange>

/** What calls are signed with (HMAC-SHA256). */
export const WebhookSecret = z.object({ secret: z.string() }).meta({ id: 'WebhookSecret' })
export type WebhookSecret = z.infer<typeof WebhookSecret>
