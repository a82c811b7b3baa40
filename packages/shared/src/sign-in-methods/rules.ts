/** How many doors of each kind an account can be entered by today. One-time codes are no door: they
 *  stand behind one. */
export interface WaysIn {
  password: number
  directory: number
  passkeys: number
  identities: number
}

/** Whether taking one away would lock the owner out. */
export function isLastWay(ways: WaysIn): boolean {
  return ways.password + ways.directory + ways.passkeys + ways.identities <= 1
}

/** What can be told from the settings and the account. */
export interface AccountFacts {
  hasPassword: boolean
  isAdmin: boolean
  isInDirectory: boolean
  passkeys: number
  /** Issuers of the linked identities. */
  issuers: string[]
}

export interface SiteFacts {
  hasDirectory: boolean
  hasPasskeys: boolean
  issuer: string | undefined
}

/** Only what opens the account as the server is set now: a password does not while a directory has the
 *  passwords (but for administrators), nor does an identity of a provider that is gone. */
export function countWays(account: AccountFacts, site: SiteFacts): WaysIn {
  const ownPassword = account.hasPassword && (!site.hasDirectory || account.isAdmin)
  return {
    password: ownPassword ? 1 : 0,
    directory: site.hasDirectory && account.isInDirectory ? 1 : 0,
    passkeys: site.hasPasskeys ? account.passkeys : 0,
    identities: account.issuers.filter((issuer) => issuer === site.issuer).length,
  }
}
