import { listIdentities } from '@manyhands/shared/identities/repository'
import { toIdentityView } from '@manyhands/shared/identities/view'
import { listPasskeys } from '@manyhands/shared/passkeys/repository'
import { toPasskeyView } from '@manyhands/shared/passkeys/view'
import type { OwnSignInMethods, SignInMethods } from '@manyhands/shared/sign-in-methods/contract'
import type { ServiceContext } from '../http/env.ts'
import { hasPasskeys } from '../passkeys/relying-party.ts'
import { getOwnAccount } from '../sessions/own-account.ts'

/** What this server offers. */
export function getSignInMethods({ config }: ServiceContext): SignInMethods {
  const hasDirectory = config.LDAP_URL !== undefined
  return {
    password: true,
    ldap: hasDirectory,
    passkey: hasPasskeys(config),
    oidc: config.OIDC_ISSUER_URL ? { name: config.OIDC_NAME } : null,
    registration: !hasDirectory,
  }
}

/** What the caller's account has. */
export async function getOwnSignInMethods(ctx: ServiceContext): Promise<OwnSignInMethods> {
  const user = await getOwnAccount(ctx)
  const [passkeys, identities] = await Promise.all([
    ctx.read((db) => listPasskeys(db, user.id)),
    ctx.read((db) => listIdentities(db, user.id)),
  ])
  return {
    password: user.passwdHash !== null,
    ldap: user.ldap !== null,
    one_time_codes: {
      enabled: user.otpEnabled,
      recovery_codes_left: user.recoveryCodeHashes.length,
    },
    passkeys: passkeys.map(toPasskeyView),
    identities: identities.map(toIdentityView),
  }
}
