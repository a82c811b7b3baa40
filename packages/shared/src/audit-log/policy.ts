import { mayUpdateProject } from '../projects/policy.ts'
import type { Caller } from '../users/policy.ts'

/** The whole site's, with every project. */
export function mayReadSiteAuditLog(caller: Caller): boolean {
  return caller.isAdmin
}

/** Owners; where the site keeps the audit log for pro accounts, pro owners, and admins. */
export function mayReadAuditLog(
  caller: Caller,
  project: { ownersIds: number[] },
  proFeatures: readonly string[],
): boolean {
  if (!mayUpdateProject(caller, project)) return false
  return caller.isPro || caller.isAdmin || !proFeatures.includes('audit-log')
}
