import { assertAllowed } from '@manyhands/shared/errors/allow'
import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { mayChangeSignIn } from '@manyhands/shared/sessions/policy'
import { findUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'

/** The account whose owner is here to change how it signs in. Throws UnauthenticatedError, and
 *  ForbiddenError for an API key. */
export async function getOwnAccount(ctx: ServiceContext): Promise<UserRow> {
  const { userId } = ctx.caller
  assertAllowed(
    userId !== null,
    mayChangeSignIn(ctx.caller),
    userId === null ? undefined : 'An API key cannot change how its account signs in',
  )
  const user = userId === null ? undefined : await findUser(ctx.db.primary, userId)
  if (!user) throw new UnauthenticatedError()
  return user
}
