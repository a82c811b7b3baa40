import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { Env } from '../http/env.ts'
import type { OidcRequest } from './service.ts'

const NAME = 'mh_oidc'
const PATH = '/api/session/oidc'

const Stored = z.object({
  checks: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
  next: z.string(),
  linkTo: z.int().nullable(),
  until: z.int(),
})

/** Sealed, and sent only to the address that the provider sends the browser back to. */
export function keepRequest(c: Context<Env>, request: OidcRequest): void {
  const { secrets, config, clock } = c.var.ctx
  setCookie(c, NAME, secrets.seal('oidc-request', JSON.stringify(request)), {
    path: PATH,
    httpOnly: true,
    // The provider sends the browser back with a link, so "Strict" would lose it.
    sameSite: 'Lax',
    secure: config.PUBLIC_URL.startsWith('https:'),
    maxAge: Math.ceil((request.until - clock()) / 1_000),
  })
}

/** Once: whatever becomes of it, this browser does not send it again. */
export function takeRequest(c: Context<Env>): OidcRequest | undefined {
  const sealed = getCookie(c, NAME)
  deleteCookie(c, NAME, { path: PATH })
  try {
    return sealed
      ? Stored.parse(JSON.parse(c.var.ctx.secrets.unseal('oidc-request', sealed)))
      : undefined
  } catch {
    return undefined
  }
}
