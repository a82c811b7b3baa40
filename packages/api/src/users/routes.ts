import { ApiKey, Register, Session, SignIn } from '@manyhands/shared/users/contract'
import type { Context, MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import { sessionTag } from '../http/caller.ts'
import {
  clearSessionCookie,
  readSessionToken,
  setAnonymousCookie,
  setSessionCookie,
} from '../http/cookies.ts'
import type { Account, Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getApiKey, type OpenedSession, register, signIn, signOut } from './service.ts'

export const accountRoutes = (limit: MiddlewareHandler<Env>, signInLimit: MiddlewareHandler<Env>) =>
  new Routes('session', limit)
    .get('/api/session', { summary: 'Who is calling', answer: Session }, (c) => {
      const { caller, secrets } = c.var.ctx
      if (caller.volunteer.key.startsWith('address:')) setAnonymousCookie(c, secrets)
      c.header('Cache-Control', 'no-store')
      return c.json(show(caller.account))
    })
    .delete('/api/session', { summary: 'Sign out' }, async (c) => {
      const token = readSessionToken(c)
      if (token) await signOut(c.var.ctx, token, sessionTag(token))
      clearSessionCookie(c)
      return c.body(null, 204)
    })
    .get(
      '/api/account/api-key',
      { summary: "The caller's own API key", answer: ApiKey },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json({ api_key: await getApiKey(c.var.ctx) })
      },
    )
    .use(signInLimit)
    .post('/api/session', { summary: 'Sign in', body: SignIn, answer: Session }, async (c) =>
      opened(c, await signIn(c.var.ctx, parseBody(SignIn, await readJsonObject(c)))),
    )
    .post(
      '/api/account',
      { summary: 'Register and sign in', body: Register, answer: Session },
      async (c) =>
        opened(c, await register(c.var.ctx, parseBody(Register, await readJsonObject(c)))),
    )

function opened(c: Context<Env>, { user, token }: OpenedSession): Response {
  setSessionCookie(c, token, c.var.ctx.config.SESSION_TTL_SECONDS)
  return c.json(show(user))
}

function show(account: Account | null): Session {
  if (!account) return { user: null }
  const { id, name, fullname, emailAddr, admin, locale } = account
  return { user: { id, name, fullname, email_addr: emailAddr, admin, locale } }
}
