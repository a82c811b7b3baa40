import { isRecentSignIn } from '@manyhands/shared/account/rules'
import { ForbiddenError, ValidationError } from '@manyhands/shared/errors/errors'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import { findSession } from '@manyhands/shared/sessions/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'

const TRIES = { tries: 10, windowSeconds: 900 }

export interface Presence {
  password: string | undefined
  /** What the password is called in the body, for the refusal. */
  field: string
  /** The cookie's token, if there is one. */
  token: string | undefined
}

/** That the account's person sits there, not somebody who found the browser open: the password, or for an
 *  account that has none a session of the last minutes. Throws ValidationError naming the field,
 *  ForbiddenError, RateLimitedError. */
export async function assertPresent(
  ctx: ServiceContext,
  user: UserRow,
  { password, field, token }: Presence,
): Promise<void> {
  if (user.passwdHash !== null) return assertPassword(ctx, user, password, field)
  const session = token ? await findSession(ctx.db.primary, hashToken(token)) : undefined
  const own = session?.userId === user.id ? session : undefined
  if (isRecentSignIn(own?.created.getTime(), ctx.clock())) return
  throw new ForbiddenError('Sign in again first, to show that it is you', 'sign_in_again')
}

async function assertPassword(
  ctx: ServiceContext,
  user: UserRow,
  password: string | undefined,
  field: string,
): Promise<void> {
  const key = `present:${user.id}`
  await ctx.attempts.take(key, TRIES)
  if (password === undefined || !(await isPassword(user.passwdHash, password))) {
    throw new ValidationError(`${field} is not right`, 'value', [
      { field, message: 'is not right' },
    ])
  }
  await ctx.attempts.clear(key)
}
