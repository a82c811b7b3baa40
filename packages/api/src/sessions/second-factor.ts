import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import type { SecondFactorNeeded } from '@manyhands/shared/one-time-codes/contract'
import { findUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { z } from 'zod'
import type { ServiceContext } from '../http/env.ts'
import { type OpenedSession, openSession } from './open-session.ts'

const TTL_MS = 300_000
const Token = z.object({ userId: z.int(), until: z.int() })

/** What a right password leads to: a session, or the question for a code. */
export type PasswordOutcome = OpenedSession | { user: null; secondFactor: SecondFactorNeeded }

/** After the password was right. */
export async function openSessionOrAsk(
  ctx: ServiceContext,
  user: UserRow,
): Promise<PasswordOutcome> {
  if (!user.otpEnabled) return openSession(ctx, user)
  const token = ctx.secrets.seal(
    'second-factor',
    JSON.stringify({ userId: user.id, until: ctx.clock() + TTL_MS }),
  )
  const kinds: SecondFactorNeeded['kinds'] =
    user.recoveryCodeHashes.length > 0 ? ['one-time-code', 'recovery-code'] : ['one-time-code']
  return { user: null, secondFactor: { token, kinds } }
}

/** Whose password was right. Throws UnauthenticatedError for a token that is not ours or too old. */
export async function findHalfSignedIn(ctx: ServiceContext, token: string): Promise<UserRow> {
  const { userId, until } = unseal(ctx, token)
  const user = until > ctx.clock() ? await findUser(ctx.db.primary, userId) : undefined
  if (!user) throw new UnauthenticatedError('That took too long: sign in with the password again')
  return user
}

function unseal(ctx: ServiceContext, token: string): z.infer<typeof Token> {
  try {
    return Token.parse(JSON.parse(ctx.secrets.unseal('second-factor', token)))
  } catch {
    return { userId: 0, until: 0 }
  }
}
