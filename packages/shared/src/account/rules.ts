/** For how long after signing in somebody without a password may do what others need theirs for. */
export const RECENT_SIGN_IN_MS = 600_000

/** `since`: when the session was opened, epoch milliseconds; undefined without a session. */
export function isRecentSignIn(since: number | undefined, now: number): boolean {
  return since !== undefined && now - since < RECENT_SIGN_IN_MS
}
