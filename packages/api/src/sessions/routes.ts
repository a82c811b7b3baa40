import { GiveSecondFactor, SignedIn } from '@manyhands/shared/one-time-codes/contract'
import { Session, SignIn } from '@manyhands/shared/sessions/contract'
import { toSessionView } from '@manyhands/shared/sessions/view'
import type { MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import { sessionTag } from '../http/caller.ts'
import { clearSessionCookie, readSessionToken, setAnonymousCookie } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { answerPassword, answerSession } from './answer-session.ts'
import { giveSecondFactor, signIn, signOut } from './service.ts'

export const sessionRoutes = (limit: MiddlewareHandler<Env>, signInLimit: MiddlewareHandler<Env>) =>
  new Routes('session', limit)
    .about('Signing in and out, and who is calling.')
    .get(
      '/api/session',
      { operationId: 'getSession', access: 'public', summary: 'Who is calling', answer: Session },
      (c) => {
        const { caller, secrets } = c.var.ctx
        if (caller.volunteer.key.startsWith('address:')) setAnonymousCookie(c, secrets)
        c.header('Cache-Control', 'no-store')
        return c.json(toSessionView(caller.account))
      },
    )
    .delete(
      '/api/session',
      { operationId: 'signOut', access: 'public', summary: 'Sign out' },
      async (c) => {
        const token = readSessionToken(c)
        if (token) await signOut(c.var.ctx, token, sessionTag(token))
        clearSessionCookie(c)
        return c.body(null, 204)
      },
    )
    .use(signInLimit)
    .post(
      '/api/session',
      {
        operationId: 'signIn',
        access: 'guest',
        summary: 'Sign in with a password',
        description:
          'An account with one-time codes is not signed in yet: the answer holds the token for `POST /api/session/second-factor`.',
        body: SignIn,
        answer: SignedIn,
      },
      async (c) =>
        answerPassword(c, await signIn(c.var.ctx, parseBody(SignIn, await readJsonObject(c)))),
    )
    .post(
      '/api/session/second-factor',
      {
        operationId: 'giveSecondFactor',
        access: 'guest',
        summary: 'The code after the password',
        body: GiveSecondFactor,
        answer: Session,
      },
      async (c) => {
        const input = parseBody(GiveSecondFactor, await readJsonObject(c))
        return answerSession(c, await giveSecondFactor(c.var.ctx, input))
      },
    )
