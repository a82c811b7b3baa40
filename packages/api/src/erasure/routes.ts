import { EraseAccount } from '@manyhands/shared/erasure/contract'
import type { MiddlewareHandler } from 'hono'
import { parseBody, readOptionalObject } from '../http/body.ts'
import { clearSessionCookie, readSessionToken } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { eraseOwnAccount } from './service.ts'

export const erasureRoutes = (signInLimit: MiddlewareHandler<Env>) =>
  new Routes('account', signInLimit).delete(
    '/api/account',
    {
      operationId: 'eraseAccount',
      summary: 'Erase the own account',
      description:
        'The account is gone at once; its answers stay, as nobody’s. Refused with the list (`issues`) while it owns projects.',
      body: EraseAccount,
    },
    async (c) => {
      const input = parseBody(EraseAccount, await readOptionalObject(c))
      await eraseOwnAccount(c.var.ctx, input, readSessionToken(c))
      clearSessionCookie(c)
      return c.body(null, 204)
    },
  )
