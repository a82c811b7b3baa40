import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { isPassword } from '@manyhands/shared/secrets/passwords'
import { hashToken, randomToken } from '@manyhands/shared/secrets/secrets'
import { deleteSession, insertSession } from '@manyhands/shared/sessions/repository'
import { adoptTaskRuns } from '@manyhands/shared/task-runs/repository'
import { revealApiKey } from '@manyhands/shared/users/api-key'
import type { Register, SignIn } from '@manyhands/shared/users/contract'
import { createUser } from '@manyhands/shared/users/create-user'
import { findUser, findUserByLogin } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { accountVolunteer } from '@manyhands/shared/volunteers/identity'
import type { ServiceContext } from '../http/env.ts'

/** A session that was opened: its token goes into the cookie and is stored nowhere. */
export interface OpenedSession {
  user: UserRow
  token: string
}

/** Throws ConflictError naming what is taken. */
export async function register(ctx: ServiceContext, input: Register): Promise<OpenedSession> {
  const { user } = await createUser(ctx, input)
  return openSession(ctx, user)
}

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

/** The caller's own key. Throws UnauthenticatedError. */
export async function getApiKey(ctx: ServiceContext): Promise<string> {
  const user =
    ctx.caller.userId === null ? undefined : await findUser(ctx.db.primary, ctx.caller.userId)
  if (!user?.apiKeySealed) throw new UnauthenticatedError()
  return revealApiKey(ctx.secrets, user.apiKeySealed)
}

/** A new token at every sign-in; what this browser answered without an account becomes the account's. */
async function openSession(ctx: ServiceContext, user: UserRow): Promise<OpenedSession> {
  const token = randomToken()
  const expires = new Date(ctx.clock() + ctx.config.SESSION_TTL_SECONDS * 1_000)
  await ctx.db.primary.transaction(async (tx) => {
    await insertSession(tx, hashToken(token), user.id, expires)
    // Only a browser's own cookie: behind one address sit many people.
    if (ctx.caller.volunteer.key.startsWith('browser:')) {
      await adoptTaskRuns(tx, ctx.caller.volunteer, accountVolunteer(user.id))
    }
  })
  await ctx.wrote()
  return { user, token }
}
