import { OwnSignInMethods, SignInMethods } from '@manyhands/shared/sign-in-methods/contract'
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getOwnSignInMethods, getSignInMethods } from './service.ts'

export const signInMethodRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('sign-in-methods', limit)
    .about('Which ways to sign in there are, and which of them an account has.')
    .get(
      '/api/session/methods',
      {
        operationId: 'getSignInMethods',
        access: 'public',
        summary: 'The ways to sign in that this server offers',
        answer: SignInMethods,
      },
      (c) => {
        c.header('Cache-Control', 'no-cache')
        return c.json(getSignInMethods(c.var.ctx))
      },
    )
    .get(
      '/api/account/sign-in-methods',
      {
        operationId: 'getOwnSignInMethods',
        access: 'account',
        summary: "The caller's own: password, one-time codes, passkeys, linked identities",
        answer: OwnSignInMethods,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json(await getOwnSignInMethods(c.var.ctx))
      },
    )
