import { mayUpdateProject } from '../projects/policy.ts'
import type { Caller } from '../users/policy.ts'

/** Owners; where the site keeps webhooks for pro accounts, pro owners, and admins. */
export function mayManageWebhook(
  caller: Caller,
  project: { ownersIds: number[] },
  proFeatures: readonly string[],
): boolean {
  if (!mayUpdateProject(caller, project)) return false
  return caller.isPro || caller.isAdmin || !proFeatures.includes('webhooks')
}
