import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import type { SignIn } from '@manyhands/shared/sessions/contract'
import { deleteSession } from '@manyhands/shared/sessions/repository'
import { findUserByLogin } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'
import { type OpenedSession, openSession } from './open-session.ts'

/** Throws UnauthenticatedError, the same for an unknown account and a wrong password. */
export async function signIn(ctx: ServiceContext, input: SignIn): Promise<OpenedSession> {
  const user = await findUserByLogin(ctx.db.primary, input.login)
  const matches = await isPassword(user?.passwdHash ?? null, input.password)
  if (!user || !matches) throw new UnauthenticatedError('The name or the password is not right')
  return openSession(ctx, user)
}

export async function signOut(ctx: ServiceContext, token: string, tag: string): Promise<void> {
  await deleteSession(ctx.db.primary, hashToken(token))
  await ctx.cache.drop(tag)
}
