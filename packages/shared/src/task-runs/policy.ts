import type { Caller } from '../users/policy.ts'

/** Changing an answer, or taking it back: who gave it, and admins. An answer that the task's current
 *  result is made from stays as it is, for everybody (rest-api.md section 2.1). */
export function mayChangeTaskRun(
  caller: Caller,
  run: { userId: number | null },
  isInResult: boolean,
): boolean {
  if (isInResult) return false
  return caller.isAdmin || (caller.userId !== null && run.userId === caller.userId)
}
