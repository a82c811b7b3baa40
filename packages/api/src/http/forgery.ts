import { ForbiddenError } from '@manyhands/shared/errors/errors'
import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
/** A form of another site could sign this browser in to an account of its maker, who would then read
 *  what the visitor does: these answers set a cookie, so they need no cookie to do harm. */
const SIGNS_IN = /^\/api\/(session|account)\b/

/** A page of another site cannot change anything with this browser's cookies: a browser says where a
 *  request comes from, and it must be us. Requests with a key in the header carry no cookie authority,
 *  and programs that are no browser send neither header. */
export const refuseForgery = createMiddleware<Env>(async (c, next) => {
  const hasAuthority = c.req.header('cookie') || SIGNS_IN.test(c.req.path)
  if (!SAFE.has(c.req.method) && hasAuthority && !c.req.header('authorization')) {
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const ours = [new URL(c.req.url).host, new URL(c.var.ctx.config.PUBLIC_URL).host]
    const foreignOrigin =
      origin !== undefined && !(URL.canParse(origin) && ours.includes(new URL(origin).host))
    if (foreignOrigin || site === 'cross-site') {
      throw new ForbiddenError('This request came from another site', 'forged')
    }
  }
  await next()
})
