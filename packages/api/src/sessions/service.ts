import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import type { GiveSecondFactor } from '@manyhands/shared/one-time-codes/contract'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import type { SignIn } from '@manyhands/shared/sessions/contract'
import { deleteSession } from '@manyhands/shared/sessions/repository'
import { findUserByLogin } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import type { ServiceContext } from '../http/env.ts'
import { takeCode } from '../one-time-codes/take-code.ts'
import { askDirectory } from './directory.ts'
import { getDirectoryAccount } from './directory-account.ts'
import { type OpenedSession, openSession } from './open-session.ts'
import { clearPasswordTries, takePasswordTry } from './password-tries.ts'
import { findHalfSignedIn, openSessionOrAsk, type PasswordOutcome } from './second-factor.ts'

/** Throws UnauthenticatedError, the same for an unknown account and a wrong password, RateLimitedError
 *  after too many wrong ones, and UnavailableError while the directory with the passwords is away. */
export async function signIn(ctx: ServiceContext, input: SignIn): Promise<PasswordOutcome> {
  await takePasswordTry(ctx, input.login)
  const user = await findByPassword(ctx, input)
  if (!user) throw new UnauthenticatedError('The name or the password is not right')
  await clearPasswordTries(ctx, input.login)
  return openSessionOrAsk(ctx, user)
}

/** Administrators keep a password of their own also where a directory has everybody else's: whoever set
 *  the directory up wrong must still get in. */
async function findByPassword(
  ctx: ServiceContext,
  { login, password }: SignIn,
): Promise<UserRow | undefined> {
  const hasDirectory = ctx.config.LDAP_URL !== undefined
  const user = await findUserByLogin(ctx.db.primary, login)
  const stored = user && (!hasDirectory || user.admin) ? user.passwdHash : null
  if (await isPassword(stored, password)) return user
  const person = hasDirectory ? await askDirectory(ctx.config, login, password) : undefined
  return person && getDirectoryAccount(ctx, person)
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
