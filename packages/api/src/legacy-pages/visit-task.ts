import { AppError } from '@manyhands/shared/errors/errors'
import { browserVolunteer } from '@manyhands/shared/volunteers/identity'
import type { Context } from 'hono'
import { Hono, type MiddlewareHandler } from 'hono'
import { pathId } from '../http/arguments.ts'
import { setAnonymousCookie } from '../http/cookies.ts'
import type { Env, ServiceContext } from '../http/env.ts'
import { requestTask } from '../scheduler/request-tasks.ts'

/** Opening the page of a task asks for that task: pybossa.js and the presenters written for it then only
 *  read it and answer (clients.md A.6). The page comes in any case, and says what is wrong itself. */
export function taskVisits(context: MiddlewareHandler<Env>) {
  return new Hono<Env>().get('/project/:name/task/:taskId{[0-9]+}', async (c, next) => {
    // HEAD and prefetching look at the page, but nobody answers there.
    const isVisit = c.req.method === 'GET' && !c.req.header('sec-purpose')?.includes('prefetch')
    if (isVisit) await ask(c, context)
    await next()
    if (isVisit) c.res.headers.set('Cache-Control', 'private, no-store')
  })
}

async function ask(c: Context<Env>, context: MiddlewareHandler<Env>): Promise<void> {
  try {
    await context(c, async () => {
      await requestTask(asBrowser(c), c.req.param('name') ?? '', pathId(c, 'task', 'taskId'))
    })
  } catch (error) {
    // Unknown, a draft, closed by a password, or something is away: nothing is asked for.
    if (error instanceof AppError) return
    c.var.ctx.log.warn({ err: error, request_id: c.var.requestId }, 'task page without its task')
  }
}

/** A browser that has no identity yet gets it here, so that it answers as who has asked. */
function asBrowser(c: Context<Env>): ServiceContext {
  const { ctx } = c.var
  const { volunteer } = ctx.caller
  if (!volunteer.key.startsWith('address:') || !volunteer.userIp) return ctx
  const id = setAnonymousCookie(c, ctx.secrets)
  return { ...ctx, caller: { ...ctx.caller, volunteer: browserVolunteer(id, volunteer.userIp) } }
}
