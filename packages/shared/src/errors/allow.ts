import { ForbiddenError, UnauthenticatedError } from './errors.ts'

/** The refusal of the contract: 401 for somebody who could sign in, 403 for somebody who has. */
export function assertAllowed(isSignedIn: boolean, allowed: boolean, message?: string): void {
  if (allowed) return
  throw isSignedIn ? new ForbiddenError(message) : new UnauthenticatedError(message)
}
