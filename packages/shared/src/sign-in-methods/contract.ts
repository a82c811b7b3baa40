import { z } from 'zod'
import { Identity } from '../identities/contract.ts'
import { Passkey } from '../passkeys/contract.ts'

/** `GET /api/session/methods`: the ways in that this server offers. */
export const SignInMethods = z
  .object({
    password: z.boolean(),
    /** Passwords are the directory's (LDAP), with the directory's names. */
    ldap: z.boolean(),
    passkey: z.boolean(),
    /** A provider elsewhere, by the name that people know it by. */
    oidc: z.object({ name: z.string() }).nullable(),
    /** Whether somebody new can make an account with a password. */
    registration: z.boolean(),
  })
  .meta({ id: 'SignInMethods' })
export type SignInMethods = z.infer<typeof SignInMethods>

/** `GET /api/account/sign-in-methods`: the caller's own. */
export const OwnSignInMethods = z
  .object({
    password: z.boolean(),
    ldap: z.boolean(),
    one_time_codes: z.object({ enabled: z.boolean(), recovery_codes_left: z.int() }),
    passkeys: z.array(Passkey),
    identities: z.array(Identity),
  })
  .meta({ id: 'OwnSignInMethods' })
export type OwnSignInMethods = z.infer<typeof OwnSignInMethods>
