import { ForbiddenError, UnauthenticatedError } from './errors.ts'

/** The refusal of the contract: 401 for somebody who could sign in, 403 for somebody who has. */
export function assertAllowed(isSignedIn: boolean, allowed: boolean, message?: string): void {
  if (!allowed) refuse(isSignedIn, message)
}

/** The same for what nobody may do. */
export function refuse(isSignedIn: boolean, message?: string): never {
  throw isSignedIn ? new ForbiddenError(message) : new UnauthenticatedError(message)
}
