import { OwnSession } from '@manyhands/shared/sessions/contract'
import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { readSessionToken } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions-service.ts'

const ALL = '/api/account/sessions'

export const ownSessionRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('session', limit)
    .get(
      ALL,
      {
        operationId: 'listSessions',
        access: 'account',
        summary: 'Where the account is signed in',
        answer: z.array(OwnSession),
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json(await listOwnSessions(c.var.ctx, readSessionToken(c)))
      },
    )
    .delete(
      ALL,
      { operationId: 'endOtherSessions', summary: 'Sign out everywhere else' },
      async (c) => {
        await endOtherSessions(c.var.ctx, readSessionToken(c))
        return c.body(null, 204)
      },
    )
    .delete(
      `${ALL}/:id{[0-9a-f]+}`,
      { operationId: 'endSession', summary: 'Sign out one session' },
      async (c) => {
        await endOwnSession(c.var.ctx, c.req.param('id') ?? '')
        return c.body(null, 204)
      },
    )
