import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Env } from './env.ts'

/** Serves the built app where no CDN does. Every address that is no file is the app's own. */
export function webApp(root: string) {
  const path = relative(process.cwd(), root) || '.'
  const app = new Hono<Env>()
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.header('Cache-Control', 'public, max-age=31536000, immutable')
  })
  app.use('*', serveStatic({ root: path, precompressed: true }))
  app.get('*', async (c) => {
    if (
      c.req.path.startsWith('/api/') ||
      c.req.path.startsWith('/assets/') ||
      c.req.path.startsWith('/uploads/')
    ) {
      return c.notFound()
    }
    c.header('Cache-Control', 'no-cache')
    return c.html(await readFile(join(root, 'index.html'), 'utf8'))
  })
  return app
}
