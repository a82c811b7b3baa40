import { mayUpdateProject, type OwnedProject } from '../projects/policy.ts'
import type { Caller } from '../users/policy.ts'

/** Owners of its project while there is no result, which somebody relies on; admins always (rest-api.md
 *  section 2.1). */
export function mayDeleteTask(
  caller: Caller,
  project: Pick<OwnedProject, 'ownersIds'>,
  hasResult: boolean,
): boolean {
  return mayUpdateProject(caller, project) && (caller.isAdmin || !hasResult)
}
