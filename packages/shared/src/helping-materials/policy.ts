import { mayUpdateProject, type OwnedProject } from '../projects/policy.ts'
import type { Caller } from '../users/policy.ts'

/** Creating, changing and deleting. Reading is `mayReadContents` of the project. */
export function mayChangeHelpingMaterials(caller: Caller, project: OwnedProject): boolean {
  return mayUpdateProject(caller, project)
}
