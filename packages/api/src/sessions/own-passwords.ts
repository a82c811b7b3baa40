import type { Config } from '@manyhands/shared/config/config'
import { ForbiddenError } from '@manyhands/shared/errors/errors'

/** Throws ForbiddenError where a directory keeps the accounts and their passwords (LDAP_URL). */
export function assertOwnPasswords(config: Pick<Config, 'LDAP_URL'>): void {
  if (config.LDAP_URL === undefined) return
  throw new ForbiddenError(
    'Accounts and passwords are kept in a directory here: sign in with your name and password there',
    'directory_accounts',
  )
}
