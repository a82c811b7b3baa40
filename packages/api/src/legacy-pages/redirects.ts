import { type Context, Hono } from 'hono'
import type { Env } from '../http/env.ts'

/** Projects were called "apps": their old addresses lead to the new ones for good (clients.md A.7).
 *  `/api/app/<x>/userprogress` is no redirect but an alias. */
export function oldNames() {
  const app = new Hono<Env>()
  for (const old of ['/app', '/api/app']) {
    const move = (c: Context<Env>) => {
      const url = new URL(c.req.url)
      const path = old.replace(/app$/, 'project') + c.req.path.slice(old.length)
      // A write keeps its method and body.
      const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
      return c.redirect(path + url.search, isRead ? 301 : 308)
    }
    app.all(old, move).all(`${old}/*`, move)
  }
  return app
}
