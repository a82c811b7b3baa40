import { randomUUID } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

const WELL_FORMED = /^[\w.-]{8,128}$/

/** Names the request in the log, in error bodies and in `X-Request-Id`. A balancer in front of us may
 *  have named it already; the claim of anybody else is not taken. */
export function requestId(trustedProxies: number) {
  return createMiddleware<Env>(async (c, next) => {
    const given = trustedProxies > 0 ? c.req.header('x-request-id') : undefined
    const id = given && WELL_FORMED.test(given) ? given : randomUUID()
    c.set('requestId', id)
    c.header('X-Request-Id', id)
    await next()
  })
}
