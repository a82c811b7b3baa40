import type { Hono } from 'hono'
import { getPath } from 'hono/utils/url'
import type { Env } from './env.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The path of a request with doubled slashes merged: clients put their base address and `/api` together
 *  with one too many (rest-api.md section 0). */
export function mergedPath(request: Request): string {
  const path = getPath(request)
  return path.includes('//') ? path.replace(/\/{2,}/g, '/') : path
}

/** What may be done at a path of the API, `HEAD` and `OPTIONS` included; empty when there is no such
 *  path. */
export function methodsOf(app: Hono<Env>, path: string): string[] {
  const methods = METHODS.filter((method) =>
    app.router
      .match(method, path)[0]
      .some(([[, route]]) => route.method === method && route.path.startsWith('/api')),
  )
  if (methods.length === 0) return []
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort()
}
