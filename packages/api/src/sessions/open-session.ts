import { ForbiddenError } from '@manyhands/shared/errors/errors'
import { hashToken, randomToken } from '@manyhands/shared/secrets/secrets'
import { insertSession } from '@manyhands/shared/sessions/repository'
import { adoptTaskRuns } from '@manyhands/shared/task-runs/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { accountVolunteer } from '@manyhands/shared/volunteers/identity'
import type { ServiceContext } from '../http/env.ts'

/** A session that was opened: its token goes into the cookie and is stored nowhere. */
export interface OpenedSession {
  user: UserRow
  token: string
}

/** A new token at every sign-in; what this browser answered without an account becomes the account's.
 *  Throws ForbiddenError where the address must be confirmed first, however somebody signs in. */
export async function openSession(ctx: ServiceContext, user: UserRow): Promise<OpenedSession> {
  if (ctx.config.CONFIRM_EMAIL && !user.validEmail) {
    throw new ForbiddenError(
      'Confirm your e-mail address first, with the link that was mailed to you',
      'address_not_confirmed',
    )
  }
  const token = randomToken()
  const expires = new Date(ctx.clock() + ctx.config.SESSION_TTL_SECONDS * 1_000)
  await ctx.db.primary.transaction(async (tx) => {
    await insertSession(tx, {
      tokenHash: hashToken(token),
      userId: user.id,
      expires,
      userAgent: ctx.userAgent,
    })
    // Only a browser's own cookie: behind one address sit many people.
    if (ctx.caller.volunteer.key.startsWith('browser:')) {
      await adoptTaskRuns(tx, ctx.caller.volunteer, accountVolunteer(user.id))
    }
  })
  await ctx.wrote()
  return { user, token }
}
