import { NotFoundError } from '@manyhands/shared/errors/errors'
import { hashToken } from '@manyhands/shared/secrets/secrets'
import type { OwnSession } from '@manyhands/shared/sessions/contract'
import { deleteSession, endSessions, listSessions } from '@manyhands/shared/sessions/repository'
import type { SessionRow } from '@manyhands/shared/sessions/table'
import { sessionId, toOwnSessionView } from '@manyhands/shared/sessions/view'
import { sessionTagOf } from '@manyhands/shared/users/cache-tags'
import type { ServiceContext } from '../http/env.ts'
import { getOwnAccount } from './own-account.ts'

const SHOWN = 200

/** Where the account is signed in, the newest first. `token`: this browser's. Throws UnauthenticatedError,
 *  and ForbiddenError for an API key. */
export async function listOwnSessions(
  ctx: ServiceContext,
  token: string | undefined,
): Promise<OwnSession[]> {
  const rows = await findOwnSessions(ctx)
  const current = token === undefined ? undefined : hashToken(token)
  return rows.map((row) => toOwnSessionView(row, current?.equals(row.tokenHash) ?? false))
}

/** Ends one session, at once and everywhere. Throws NotFoundError. */
export async function endOwnSession(ctx: ServiceContext, id: string): Promise<void> {
  const found = (await findOwnSessions(ctx)).find((row) => sessionId(row) === id)
  if (!found) throw new NotFoundError('session', id)
  await deleteSession(ctx.db.primary, found.tokenHash)
  await ctx.cache.drop(sessionTagOf(found.tokenHash))
  await ctx.wrote()
}

/** Ends every session but this browser's. */
export async function endOtherSessions(
  ctx: ServiceContext,
  token: string | undefined,
): Promise<void> {
  const { id } = await getOwnAccount(ctx)
  const kept = token === undefined ? undefined : hashToken(token)
  const ended = await endSessions(ctx.db.primary, id, kept)
  if (ended.length > 0) await ctx.cache.drop(...ended.map(sessionTagOf))
  await ctx.wrote()
}

async function findOwnSessions(ctx: ServiceContext): Promise<SessionRow[]> {
  const { id } = await getOwnAccount(ctx)
  return listSessions(ctx.db.primary, id, SHOWN)
}
