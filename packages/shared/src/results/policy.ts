import { mayUpdateProject, type OwnedProject } from '../projects/policy.ts'
import type { Caller } from '../users/policy.ts'

/** Setting the info of a result. Only the platform makes results, and nobody deletes one. */
export function mayChangeResult(caller: Caller, project: OwnedProject): boolean {
  return mayUpdateProject(caller, project)
}
