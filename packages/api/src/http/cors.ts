import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

const ALLOWED_HEADERS = ['Content-Type', 'Authorization', 'Idempotency-Key', 'X-Project-Pass']
const EXPOSED_HEADERS = [
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
  'ETag',
]
const ALLOWED_METHODS = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'
const MAX_AGE_SECONDS = 21_600

/** Programs on any origin may call the API, without this browser's cookies (rest-api.md section 9.2).
 *  Answers OPTIONS of every path that there is. `methodsOf`: what may be done at a path. */
export function cors(methodsOf: (path: string) => string[]) {
  return createMiddleware<Env>(async (c, next) => {
    const origin = c.req.header('origin')
    c.header('Access-Control-Allow-Origin', origin ?? '*')
    if (origin) {
      c.header('Vary', 'Origin', { append: true })
      c.header('Access-Control-Expose-Headers', EXPOSED_HEADERS.join(', '))
    }
    if (c.req.method !== 'OPTIONS') return next()
    const methods = methodsOf(c.req.path)
    if (methods.length === 0) return next()
    c.header('Allow', methods.join(', '))
    if (c.req.header('access-control-request-method')) {
      c.header('Access-Control-Allow-Methods', ALLOWED_METHODS)
      c.header('Access-Control-Max-Age', String(MAX_AGE_SECONDS))
      const allowed = allowedHeaders(c.req.header('access-control-request-headers'))
      if (allowed) c.header('Access-Control-Allow-Headers', allowed)
    }
    return c.body(null, 200)
  })
}

/** Those of the requested headers that may be sent. Names of headers have no case. */
function allowedHeaders(requested = ''): string {
  const names = requested.split(',').map((name) => name.trim().toLowerCase())
  return ALLOWED_HEADERS.filter((name) => names.includes(name.toLowerCase())).join(', ')
}
