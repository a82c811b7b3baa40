import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import type { GiveSecondFactor } from '@manyhands/shared/one-time-codes/contract'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import type { SignIn } from '@manyhands/shared/sessions/contract'
import { deleteSession } from '@manyhands/shared/sessions/repository'
import { findUserByLogin } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'
import { takeCode } from '../one-time-codes/take-code.ts'
import { type OpenedSession, openSession } from './open-session.ts'
import { clearPasswordTries, takePasswordTry } from './password-tries.ts'
import { findHalfSignedIn, openSessionOrAsk, type PasswordOutcome } from './second-factor.ts'

/** Throws UnauthenticatedError, the same for an unknown account and a wrong password, and
 *  RateLimitedError after too many wrong ones. */
export async function signIn(ctx: ServiceContext, input: SignIn): Promise<PasswordOutcome> {
  await takePasswordTry(ctx, input.login)
  const user = await findUserByLogin(ctx.db.primary, input.login)
  const matches = await isPassword(user?.passwdHash ?? null, input.password)
  if (!user || !matches) throw new UnauthenticatedError('The name or the password is not right')
  await clearPasswordTries(ctx, input.login)
  return openSessionOrAsk(ctx, user)
}

/** After the password: a code opens the session. Throws UnauthenticatedError, RateLimitedError. */
export async function giveSecondFactor(
  ctx: ServiceContext,
  { token, code }: GiveSecondFactor,
): Promise<OpenedSession> {
  const user = await findHalfSignedIn(ctx, token)
  // Codes that were turned off since prove nothing: the password was asked for under other rules.
  await takeCode(ctx, user, code)
  return openSession(ctx, user)
}

export async function signOut(ctx: ServiceContext, token: string, tag: string): Promise<void> {
  await deleteSession(ctx.db.primary, hashToken(token))
  await ctx.cache.drop(tag)
}
