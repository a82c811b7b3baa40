import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Env } from '../http/env.ts'
import { documentPath } from './path.ts'

/** Shows every answer under `/api`, of uploads and of health checks beside the API description. */
export function observeAnswers(
  onAnswer: NonNullable<PlatformContext['onAnswer']>,
  description: { document: object },
) {
  return createMiddleware<Env>(async (c, next) => {
    await next()
    // The same as without the client's taste in compression.
    if (c.res.headers.has('content-encoding')) return
    const { document } = description
    const pattern = documentPath(routePath(c))
    const path = pattern in (document as { paths: object }).paths ? pattern : undefined
    // Whatever else there is belongs to the web app.
    if (!path && !c.req.path.startsWith('/api/')) return
    // The old names of paths lead elsewhere; so there is nothing to describe.
    if (c.res.headers.has('location')) return
    const isStream = c.res.headers.get('content-type')?.startsWith('text/event-stream')
    const response = isStream ? new Response(null, c.res) : c.res.clone()
    await onAnswer({ method: c.req.method, path, document, response })
  })
}
