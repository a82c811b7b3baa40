import { z } from 'zod'

/** An account elsewhere that opens this one. */
export const Identity = z
  .object({
    id: z.string().describe('For taking it away again'),
    issuer: z.string(),
    subject: z.string().describe('Who its owner is there'),
    created: z.string(),
  })
  .meta({ id: 'Identity' })
export type Identity = z.infer<typeof Identity>

/** `POST /api/account/identities`: where to come back to. */
export const LinkIdentity = z
  .strictObject({ next: z.string().max(2_000).optional() })
  .meta({ id: 'LinkIdentity' })
export type LinkIdentity = z.infer<typeof LinkIdentity>

/** Where the browser goes for it. */
export const ProviderAddress = z.object({ url: z.string() }).meta({ id: 'ProviderAddress' })
export type ProviderAddress = z.infer<typeof ProviderAddress>
