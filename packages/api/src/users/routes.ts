import { Session } from '@manyhands/shared/sessions/contract'
import { ApiKey, Register } from '@manyhands/shared/users/contract'
import type { MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { answerSession } from '../sessions/answer-session.ts'
import { getApiKey, register } from './service.ts'

export const accountRoutes = (limit: MiddlewareHandler<Env>, signInLimit: MiddlewareHandler<Env>) =>
  new Routes('account', limit)
    .get(
      '/api/account/api-key',
      {
        operationId: 'getApiKey',
        access: 'account',
        summary: "The caller's own API key",
        answer: ApiKey,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json({ api_key: await getApiKey(c.var.ctx) })
      },
    )
    .use(signInLimit)
    .post(
      '/api/account',
      {
        operationId: 'registerAccount',
        access: 'public',
        summary: 'Register and sign in',
        body: Register,
        answer: Session,
      },
      async (c) =>
        answerSession(c, await register(c.var.ctx, parseBody(Register, await readJsonObject(c)))),
    )
