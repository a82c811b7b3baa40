import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { revealApiKey } from '@manyhands/shared/users/api-key'
import type { Register } from '@manyhands/shared/users/contract'
import { createUser } from '@manyhands/shared/users/create-user'
import { findUser } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'

/** Throws ConflictError naming what is taken. */
export async function register(ctx: ServiceContext, input: Register): Promise<OpenedSession> {
  const { user } = await createUser(ctx, input)
  return openSession(ctx, user)
}

/** The caller's own key. Throws UnauthenticatedError. */
export async function getApiKey(ctx: ServiceContext): Promise<string> {
  const user =
    ctx.caller.userId === null ? undefined : await findUser(ctx.db.primary, ctx.caller.userId)
  if (!user?.apiKeySealed) throw new UnauthenticatedError()
  return revealApiKey(ctx.secrets, user.apiKeySealed)
}
