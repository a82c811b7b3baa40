import { assertAllowed } from '@manyhands/shared/errors/allow'
import { mayExport, mayReadContents, mayUpdateProject } from '@manyhands/shared/projects/policy'
import { toProgressView } from '@manyhands/shared/projects/view'
import type { ProjectEvent } from '@manyhands/shared/stats/contract'
import type { MiddlewareHandler } from 'hono'
import { streamSSE } from 'hono/streaming'
import { show } from '../exports/service.ts'
import type { Env, ServiceContext } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getProjectByName } from '../projects/cached-project.ts'
import type { ProjectWatch, Snapshot } from './project-watch.ts'

/** Comments in between, so that proxies do not close a quiet stream. */
const PING_MS = 15_000

export const eventRoutes = (limit: MiddlewareHandler<Env>, watch: ProjectWatch) =>
  new Routes('events', limit).about('What happens in a project, while it happens.').get(
    '/api/projects/:shortName/events',
    {
      operationId: 'watchProject',
      summary: "A project's progress, live (server-sent events)",
      answer: 'text/event-stream',
    },
    async (c) => {
      const { ctx } = c.var
      const project = await getProjectByName(ctx, c.req.param('shortName') ?? '')
      assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
      const withExports = mayUpdateProject(ctx.caller, project) && mayExport(ctx.caller, project)
      c.header('X-Accel-Buffering', 'no')
      return streamSSE(c, async (stream) => {
        const sent = new Map<string, string>()
        const stop = watch.listen(project.id, (snapshot) => {
          for (const { event, data } of eventsOf(ctx, snapshot, withExports)) {
            const text = JSON.stringify(data)
            const key = event === 'export' ? data.id : event
            // Only what is new to this listener.
            if (sent.get(key) === text) continue
            sent.set(key, text)
            void stream.writeSSE({ event, data: text })
          }
        })
        stream.onAbort(stop)
        while (!stream.aborted) {
          await stream.sleep(PING_MS)
          await stream.write(': ping\n\n')
        }
        stop()
      })
    },
  )

function eventsOf(ctx: ServiceContext, snapshot: Snapshot, withExports: boolean): ProjectEvent[] {
  const progress: ProjectEvent = { event: 'progress', data: toProgressView(snapshot.stats) }
  if (!withExports) return [progress]
  return [
    progress,
    ...snapshot.exports.map((row): ProjectEvent => ({ event: 'export', data: show(ctx, row) })),
  ]
}
