import { AppError } from '@manyhands/shared/errors/errors'
import { LinkIdentity, ProviderAddress } from '@manyhands/shared/identities/contract'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { parseBody, readJsonObject } from '../http/body.ts'
import { setSessionCookie } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { CALLBACK_PATH, type OidcProvider } from './provider.ts'
import { keepRequest, takeRequest } from './request-cookie.ts'
import { finishOidc, startLink, startOidc, unlinkIdentity } from './service.ts'

const REDIRECT = {
  302: {
    description: 'On to the next page; a browser also hears there what went wrong.',
    headers: { Location: 'The next page' },
  },
}

export const identityRoutes = (
  limit: MiddlewareHandler<Env>,
  signInLimit: MiddlewareHandler<Env>,
  provider: OidcProvider,
) =>
  new Routes('identity', limit)
    .about('Signing in with an account elsewhere (OpenID Connect), when the server has a provider.')
    .post(
      '/api/account/identities',
      {
        operationId: 'linkIdentity',
        summary: 'Link an account elsewhere: where the browser goes for it',
        body: LinkIdentity,
        answer: ProviderAddress,
        refuses: [404],
      },
      async (c) => {
        const input = parseBody(LinkIdentity, await readJsonObject(c))
        const { url, request } = await startLink(c.var.ctx, provider, input)
        keepRequest(c, request)
        c.header('Cache-Control', 'no-store')
        return c.json({ url })
      },
    )
    .delete(
      '/api/account/identities/:identity',
      {
        operationId: 'unlinkIdentity',
        params: { identity: z.string().describe('The id of the identity, as it is listed.') },
        summary: 'Take a linked identity away, unless it is the only way to sign in',
        refuses: [415],
      },
      async (c) => {
        await unlinkIdentity(c.var.ctx, c.req.param('identity') ?? '')
        return c.body(null, 204)
      },
    )
    .use(signInLimit)
    .get(
      '/api/session/oidc/start',
      {
        operationId: 'startOidc',
        access: 'guest',
        summary: 'Sends the browser to the provider',
        query: z.object({
          next: z.string().optional().describe('The page of this site to come back to'),
        }),
        answer: null,
        answers: REDIRECT,
        refuses: [404],
      },
      (c) =>
        orSayOnPage(c, async () => {
          const { url, request } = await startOidc(c.var.ctx, provider, c.req.query('next'))
          keepRequest(c, request)
          return go(c, url)
        }),
    )
    .get(
      CALLBACK_PATH,
      {
        operationId: 'finishOidc',
        access: 'guest',
        summary: 'Where the provider sends the browser back to',
        query: z.object({
          code: z.string().optional().describe('What the provider gives for the tokens, once.'),
          state: z.string().optional().describe('What was sent along to the provider.'),
          iss: z.string().optional().describe('The provider.'),
          error: z.string().optional().describe('Why there is no code.'),
          error_description: z.string().optional().describe('The same, in words.'),
        }),
        answer: null,
        answers: REDIRECT,
        refuses: [404],
      },
      (c) => {
        const request = takeRequest(c)
        return orSayOnPage(c, async () => {
          const { search } = new URL(c.req.url)
          const { opened, next } = await finishOidc(c.var.ctx, provider, search, request)
          if (opened) setSessionCookie(c, opened.token, c.var.ctx.config.SESSION_TTL_SECONDS)
          return go(c, next)
        })
      },
    )

function go(c: Context<Env>, where: string): Response {
  c.header('Cache-Control', 'no-store')
  return c.redirect(where, 302)
}

/** A person follows these links, not a program: what went wrong is said on the page that they can go on
 *  from. Programs get the usual error. */
async function orSayOnPage(c: Context<Env>, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AppError) || !c.req.header('accept')?.includes('text/html')) throw error
    c.var.ctx.log.info({ err: error, request_id: c.var.requestId }, 'oidc refused')
    const { account } = c.var.ctx.caller
    const page = account ? `/account/${encodeURIComponent(account.name)}` : '/account/signin'
    return go(c, `${page}?problem=${encodeURIComponent(error.code)}`)
  }
}
