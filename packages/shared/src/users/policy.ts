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

/** Another account, as far as permissions on it go. */
export interface OtherUser {
  id: number
  restrict: boolean
  privacyMode: boolean
}

/** What of an account somebody sees: `all` of the contract's fields, what is `open` about somebody who
 *  wants no privacy, or the `name` (rest-api.md section 2.9). */
export type UserDetail = 'all' | 'open' | 'name'

export function isSelf(caller: Pick<Caller, 'userId'>, user: Pick<OtherUser, 'id'>): boolean {
  return caller.userId === user.id
}

/** Whoever has restricted the use of their data is there for themselves only; not for admins either. */
export function mayReadUser(caller: Caller, user: OtherUser): boolean {
  return !user.restrict || isSelf(caller, user)
}

export function detailFor(caller: Caller, user: OtherUser): UserDetail {
  if (caller.isAdmin || isSelf(caller, user)) return 'all'
  return user.privacyMode ? 'name' : 'open'
}

export function mayUpdateUser(caller: Caller, user: Pick<OtherUser, 'id'>): boolean {
  return caller.isAdmin || isSelf(caller, user)
}

/** Looking people up by address, and giving and taking roles. */
export function mayAdministerUsers(caller: Caller): boolean {
  return caller.isAdmin
}

/** What an account holds that may not be taken: by itself the right to administer, since nobody gives it
 *  back; from the last one who has it, by anybody. */
export function mayDropAdmin(
  caller: Caller,
  user: Pick<OtherUser, 'id'>,
  admins: readonly number[],
): boolean {
  return caller.isAdmin && !isSelf(caller, user) && admins.some((id) => id !== user.id)
}
