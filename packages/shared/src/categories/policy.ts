import type { Caller } from '../projects/policy.ts'

export function mayChangeCategories(caller: Caller): boolean {
  return caller.isAdmin
}
