import type { Caller } from '../users/policy.ts'

/** The development inbox holds links that open accounts: admins only, and nowhere that mails are sent. */
export function mayReadInbox(caller: Pick<Caller, 'isAdmin'>, mailsAreSent: boolean): boolean {
  return caller.isAdmin && !mailsAreSent
}
