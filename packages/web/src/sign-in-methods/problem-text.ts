const TEXTS: Record<string, string> = {
  oidc_no_address: 'does not tell us your e-mail address, and an account needs one.',
  oidc_address_taken:
    'has an e-mail address of yours that an account here has already. Sign in to that account, then link the two on its page.',
  oidc_address_unverified:
    'has not confirmed your e-mail address. Confirm it there, then come back.',
  oidc_identity_taken: 'opens another account here already.',
  unavailable: 'does not answer just now. Try again in a moment.',
}

/** What an OpenID Connect provider's way back said in the address (`?problem=…`), with the provider's
 *  name; null for nothing. */
export function describeProblem(problem: string | undefined, provider: string): string | null {
  if (!problem) return null
  const text = TEXTS[problem]
  return text ? `${provider} ${text}` : `Signing in with ${provider} did not work out. Try again.`
}
