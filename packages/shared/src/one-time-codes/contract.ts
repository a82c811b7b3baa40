import { z } from 'zod'
import { Session } from '../sessions/contract.ts'

/** Six digits from an app, or one of the recovery codes. */
const code = z.string().trim().min(1, 'must not be empty').max(40)

/** `POST /api/account/otp`: shown once, before codes are asked for. */
export const OneTimeCodeSecret = z
  .object({
    secret: z.string().describe('Base32, for typing it into an app'),
    uri: z.string().describe('otpauth:// address, for a QR code'),
  })
  .meta({ id: 'OneTimeCodeSecret' })
export type OneTimeCodeSecret = z.infer<typeof OneTimeCodeSecret>

/** `POST /api/account/otp/confirm`. */
export const ConfirmOneTimeCodes = z.strictObject({ code }).meta({ id: 'ConfirmOneTimeCodes' })
export type ConfirmOneTimeCodes = z.infer<typeof ConfirmOneTimeCodes>

/** Shown once: only their hashes are stored. Each works once, in place of a code. */
export const RecoveryCodes = z
  .object({ recovery_codes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes' })
export type RecoveryCodes = z.infer<typeof RecoveryCodes>

/** That it is really the owner who sits there: the password, or a code. */
export const OwnerProof = z
  .strictObject({ password: z.string().min(1).max(200).optional(), code: code.optional() })
  .refine((proof) => proof.password !== undefined || proof.code !== undefined, {
    message: 'needs the password or a code',
  })
  .meta({ id: 'OwnerProof' })
export type OwnerProof = z.infer<typeof OwnerProof>

/** What an account with one-time codes gets for its password: no session yet. */
export const SecondFactorNeeded = z
  .object({
    token: z.string().describe('For POST /api/session/second-factor, good for some minutes'),
    kinds: z.array(z.enum(['one-time-code', 'recovery-code'])),
  })
  .meta({ id: 'SecondFactorNeeded' })
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>

/** Answer of `POST /api/session`: a session, or what is still needed for one. */
export const SignedIn = Session.extend({ second_factor: SecondFactorNeeded.optional() }).meta({
  id: 'SignedIn',
})
export type SignedIn = z.infer<typeof SignedIn>

/** `POST /api/session/second-factor`. */
export const GiveSecondFactor = z
  .strictObject({ token: z.string().min(1).max(1_000), code })
  .meta({ id: 'GiveSecondFactor' })
export type GiveSecondFactor = z.infer<typeof GiveSecondFactor>
