import type { Context, MiddlewareHandler, Next } from 'hono'
import type { Env } from '../http/env.ts'

/** A script that reads a page says so by the content type of its request, to the letter, or in the
 *  query (behaviour.md section 1.0). */
function wantsJson(c: Context<Env>): boolean {
  return (
    c.req.header('content-type') === 'application/json' || c.req.query('response_format') === 'json'
  )
}

/** Answers those who want JSON; the others get the app's page. `middleware` runs for the former only. */
export function inJson(
  middleware: MiddlewareHandler<Env>[],
  read: (c: Context<Env>) => Promise<object>,
) {
  return async (c: Context<Env>, next: Next): Promise<Response> => {
    if (!wantsJson(c)) {
      await next()
      return c.res
    }
    // Its errors have the keys of the original's pages too.
    c.set('isPage', true)
    c.set('target', c.req.path)
    c.header('Cache-Control', 'private, no-store')
    c.header('Vary', 'Content-Type', { append: true })
    const chain = [...middleware]
    const step = async (): Promise<void> => {
      const one = chain.shift()
      if (one) await one(c, step)
      else c.res = c.json(await read(c))
    }
    await step()
    return c.res
  }
}
