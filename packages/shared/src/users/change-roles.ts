import { recordChanges } from '../audit-log/repository.ts'
import type { Writer } from '../db/types.ts'
import { ForbiddenError } from '../errors/errors.ts'
import { orderMail } from '../mails/order-mail.ts'
import { endSessions } from '../sessions/repository.ts'
import type { RolesChange } from './contract.ts'
import { type Caller, isSelf, mayDropAdmin } from './policy.ts'
import { lockAdmins, updateUser } from './repository.ts'
import type { UserRow } from './table.ts'

export const ROLES = ['admin', 'subadmin', 'pro'] as const

/** Who changes roles: an admin, or whoever runs the platform from its command line. */
export type RoleGiver =
  | { caller: Caller; account: { id: number; name: string } | null }
  | 'operator'

export interface ChangedRoles {
  user: UserRow
  ended: Uint8Array[]
}

/** Gives and takes roles of an account that `tx` has locked after `lockAdmins`: audited, told to the person
 *  by mail, and their sessions end, so that no session outlives the rights it was opened with. Throws
 *  ForbiddenError. */
export async function changeRoles(
  tx: Writer,
  user: UserRow,
  change: RolesChange,
  by: RoleGiver,
  admins: readonly number[],
): Promise<ChangedRoles> {
  const before = rolesOf(user)
  const after = { ...before, ...change }
  if (ROLES.every((role) => before[role] === after[role])) return { user, ended: [] }
  if (before.admin && !after.admin && by !== 'operator') assertMayDrop(by.caller, user, admins)
  const changed = (await updateUser(tx, user.id, after)) ?? user
  const subject = (roles: Record<string, boolean>) =>
    Object.fromEntries(Object.entries(roles).map(([role, has]) => [`user.${user.id}.${role}`, has]))
  const account = by === 'operator' ? { id: 0, name: 'operator' } : by.account
  await recordChanges(tx, { project: null, user: account }, subject(before), subject(after))
  await orderMail(tx, changed, 'role-changed', { roles: ROLES.filter((role) => after[role]) })
  return { user: changed, ended: await endSessions(tx, user.id) }
}

export function rolesOf({ admin, subadmin, pro }: UserRow) {
  return { admin, subadmin, pro }
}

/** Locks what a change of roles depends on: before the account itself, so that nobody deadlocks. */
export const lockRoles = lockAdmins

function assertMayDrop(caller: Caller, user: UserRow, admins: readonly number[]): void {
  if (mayDropAdmin(caller, user, admins)) return
  if (isSelf(caller, user)) {
    throw new ForbiddenError('You cannot take your own right to administer', 'own_role')
  }
  throw new ForbiddenError('The last admin stays', 'last_admin')
}
