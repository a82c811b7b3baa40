import { z } from 'zod'

/** `GET /api/disqus/sso`: what a page hands to Disqus so that its comments are signed by the caller. */
export const DisqusSso = z
  .object({
    /** `<message> <signature> <epoch seconds>`. */
    remote_auth_s3: z.string(),
    api_key: z.string(),
  })
  .meta({ id: 'DisqusSso' })
export type DisqusSso = z.infer<typeof DisqusSso>
