import { z } from 'zod'

/** What the server asks the browser's authenticator: passed on as it is (WebAuthn, JSON form). */
export const PasskeyOptions = z
  .looseObject({ challenge: z.string() })
  .meta({ id: 'PasskeyOptions', description: 'Options of WebAuthn, for the browser to pass on' })
export type PasskeyOptions = z.infer<typeof PasskeyOptions>

const base64url = z
  .string()
  .min(1)
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]+$/, 'must be base64url')
const credentialId = base64url.max(1_500)
const name = z.string().trim().min(1, 'must not be empty').max(60)

const credential = {
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z.looseObject({}).default({}),
}

/** `POST /api/account/passkeys`: what the authenticator made, and what its owner calls it. */
export const AddPasskey = z
  .strictObject({
    name,
    response: z.object({
      ...credential,
      response: z.object({
        clientDataJSON: base64url,
        attestationObject: base64url,
        transports: z.array(z.string().max(40)).max(10).optional(),
      }),
    }),
  })
  .meta({ id: 'AddPasskey' })
export type AddPasskey = z.infer<typeof AddPasskey>

/** `PUT /api/account/passkeys/<id>`. */
export const RenamePasskey = z.strictObject({ name }).meta({ id: 'RenamePasskey' })
export type RenamePasskey = z.infer<typeof RenamePasskey>

/** `POST /api/session/passkey`. */
export const SignInWithPasskey = z
  .strictObject({
    response: z.object({
      ...credential,
      response: z.object({
        clientDataJSON: base64url,
        authenticatorData: base64url,
        signature: base64url,
        userHandle: base64url.optional(),
      }),
    }),
  })
  .meta({ id: 'SignInWithPasskey' })
export type SignInWithPasskey = z.infer<typeof SignInWithPasskey>

export const Passkey = z
  .object({
    id: z.string(),
    name: z.string(),
    created: z.string(),
    last_used: z.string().nullable(),
    backed_up: z.boolean().describe('Kept by the maker of the device too, not on one device alone'),
  })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof Passkey>

export const PasskeyList = z.array(Passkey)
