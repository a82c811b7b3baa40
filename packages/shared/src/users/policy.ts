/** The caller, as far as permissions go. */
export interface Caller {
  userId: number | null
  isAdmin: boolean
  /** Moderates what the site shows; changes nobody's account and nobody's project. */
  isSubadmin: boolean
  isPro: boolean
  /** Projects whose password the caller has given. */
  passes: readonly number[]
}

/** Somebody without an account. */
export const STRANGER: Caller = {
  userId: null,
  isAdmin: false,
  isSubadmin: false,
  isPro: false,
  passes: [],
}

/** Categories, featured projects and announcements; seeing drafts. */
export function mayModerate(caller: Caller): boolean {
  return caller.isAdmin || caller.isSubadmin
}
