import type { SignedIn } from '@manyhands/shared/one-time-codes/contract'
import { toSessionView } from '@manyhands/shared/sessions/view'
import type { Context } from 'hono'
import { setSessionCookie } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import type { OpenedSession } from './open-session.ts'
import type { PasswordOutcome } from './second-factor.ts'

/** Hands a browser the session that was opened for it. */
export function answerSession(c: Context<Env>, { user, token }: OpenedSession): Response {
  setSessionCookie(c, token, c.var.ctx.config.SESSION_TTL_SECONDS)
  c.header('Cache-Control', 'no-store')
  return c.json(toSessionView(user))
}

/** The session, or the question for a code. */
export function answerPassword(c: Context<Env>, outcome: PasswordOutcome): Response {
  if (outcome.user) return answerSession(c, outcome)
  c.header('Cache-Control', 'no-store')
  return c.json({ user: null, second_factor: outcome.secondFactor } satisfies SignedIn)
}
