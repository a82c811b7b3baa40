import { safeNext as safeNextOf } from '@manyhands/shared/sessions/rules'

/** Where to go after signing in: an address of this site, or home. */
export function safeNext(next: string | undefined): string {
  return safeNextOf(next, location.origin)
}
