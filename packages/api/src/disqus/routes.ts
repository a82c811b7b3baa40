import { DisqusSso } from '@manyhands/shared/disqus/contract'
import { signMessage } from '@manyhands/shared/disqus/sign-message'
import { MethodNotAllowedError } from '@manyhands/shared/errors/errors'
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { limitedAs } from '../http/view-name.ts'

export const disqusRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('disqus', limitedAs('GET_DISQUS_SSO_API'), limit)
    .about('Comments of the site at Disqus.')
    .get(
      '/api/disqus/sso',
      {
        operationId: 'getDisqusSso',
        summary: 'The caller, signed for Disqus',
        description: 'Refused with 405 where the operator has no keys of Disqus.',
        access: 'public',
        answer: DisqusSso,
        refuses: [405],
      },
      (c) => {
        c.set('target', 'DISQUS_SSO')
        const { caller, clock, config } = c.var.ctx
        const { DISQUS_PUBLIC_KEY: api_key, DISQUS_SECRET_KEY: secret } = config
        if (!api_key || !secret) throw new MethodNotAllowedError('Disqus keys are missing', 'GET')
        const { account } = caller
        const person = account && {
          id: account.id,
          username: account.name,
          email: account.emailAddr,
        }
        c.header('Cache-Control', 'private, no-store')
        const remote_auth_s3 = signMessage(person, secret, Math.floor(clock() / 1_000))
        return c.json({ remote_auth_s3, api_key })
      },
    )
