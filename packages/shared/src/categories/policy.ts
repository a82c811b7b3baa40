import { type Caller, mayModerate } from '../users/policy.ts'

export function mayChangeCategories(caller: Caller): boolean {
  return mayModerate(caller)
}
