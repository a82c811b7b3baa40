import { toSessionView } from '@manyhands/shared/sessions/view'
import type { Context } from 'hono'
import { setSessionCookie } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import type { OpenedSession } from './open-session.ts'

/** Hands a browser the session that was opened for it. */
export function answerSession(c: Context<Env>, { user, token }: OpenedSession): Response {
  setSessionCookie(c, token, c.var.ctx.config.SESSION_TTL_SECONDS)
  c.header('Cache-Control', 'no-store')
  return c.json(toSessionView(user))
}
