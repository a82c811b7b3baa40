import { ForbiddenError, ValidationError } from '@manyhands/shared/errors/errors'
import { NewTask, Task } from '@manyhands/shared/tasks/contract'
import { toTaskView } from '@manyhands/shared/tasks/view'
import type { Context, MiddlewareHandler } from 'hono'
import { pathId } from '../http/arguments.ts'
import { setAnonymousCookie } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { forOutsideUser } from '../volunteers/outside-user.ts'
import { ProjectTokenError } from '../volunteers/project-token.ts'
import { parseRequestOrder, requestTask, requestTasks } from './request-tasks.ts'

const MAX_LIMIT = 100

/** The task-shaped refusal that presenters test for (rest-api.md section 4.2). */
const REFUSAL = {
  id: null,
  created: null,
  project_id: null,
  state: null,
  quorum: null,
  calibration: null,
  priority_0: null,
  n_answers: null,
  fav_user_ids: null,
}

export const schedulerRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('project', limit)
    .get(
      '/api/project/:id{[0-9]+}/newtask',
      {
        operationId: 'requestNextTask',
        summary: 'The next task for this volunteer',
        answer: NewTask,
      },
      async (c) => {
        const { limit: count, offset, orderby, desc } = c.req.query()
        try {
          const projectId = pathId(c, 'project')
          const ctx = await forOutsideUser(c, projectId, c.req.query('external_uid'))
          const rows = await requestTasks(ctx, projectId, {
            limit: Math.min(whole('limit', count, 1), MAX_LIMIT),
            offset: whole('offset', offset, 0),
            orderBy: parseRequestOrder(orderby, desc),
          })
          offerIdentity(c)
          const tasks = rows.map(toTaskView)
          // Nothing, one, more: an object, the object, an array. pybossa.js depends on it.
          return c.json(tasks.length > 1 ? tasks : (tasks[0] ?? {}))
        } catch (error) {
          // Not the usual error body: outside applications read these two fields.
          if (error instanceof ProjectTokenError) {
            return c.json({ code: error.tokenCode, description: error.message }, 401)
          }
          if (!(error instanceof ForbiddenError) || error.code !== 'anonymous_not_allowed')
            throw error
          return c.json({ ...REFUSAL, info: { error: error.message } })
        }
      },
    )
    .post(
      '/api/project/:id{[0-9]+}/task/:taskId{[0-9]+}/request',
      {
        operationId: 'requestTask',
        access: 'guest',
        summary: 'Ask for one given task',
        answer: Task,
      },
      async (c) =>
        c.json(
          toTaskView(
            await requestTask(c.var.ctx, pathId(c, 'project'), Number(c.req.param('taskId'))),
          ),
        ),
    )

/** A client that keeps cookies gets an identity of its own with its first task. */
function offerIdentity(c: Context<Env>): void {
  const { caller, secrets } = c.var.ctx
  if (caller.volunteer.key.startsWith('address:')) setAnonymousCookie(c, secrets)
}

function whole(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(value)) {
    throw new ValidationError(`${name} must be a whole number, not '${text}'`, 'value', [
      { field: name, message: 'must be a whole number' },
    ])
  }
  return value
}
