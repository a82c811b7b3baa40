import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

/** The name under which refusals for the rate limit are reported, in place of the method: the original
 *  answers them with its view's name and the path (rest-api.md section 8.2). */
export function limitedAs(view: string) {
  return createMiddleware<Env>(async (c, next) => {
    c.set('view', view)
    await next()
  })
}

/** The same for every error of the endpoints that follow. */
export function reportedAs(view: string) {
  return createMiddleware<Env>(async (c, next) => {
    c.set('view', view)
    c.set('action', view)
    c.set('target', c.req.path)
    await next()
  })
}
