/** Passkeys, one-time codes, linked accounts: whoever sits in front of the account changes them. A key in
 *  a script that leaks must not become a way to sign in that stays. */
export function mayChangeSignIn(caller: {
  userId: number | null
  signedInWith: 'session' | 'api-key' | null
}): boolean {
  return caller.userId !== null && caller.signedInWith === 'session'
}
