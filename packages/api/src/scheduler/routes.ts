import { ErrorBody } from '@manyhands/shared/errors/contract'
import { ForbiddenError, ValidationError } from '@manyhands/shared/errors/errors'
import { NewTask, NewTaskQuery, Task } from '@manyhands/shared/tasks/contract'
import { toTaskView } from '@manyhands/shared/tasks/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId } from '../http/arguments.ts'
import { setAnonymousCookie } from '../http/cookies.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { limitedAs } from '../http/view-name.ts'
import { forOutsideUser } from '../volunteers/outside-user.ts'
import { ProjectTokenError } from '../volunteers/project-token.ts'
import { parseRequestOrder } from './request-order.ts'
import { getProjectToAnswer, requestTask, requestTasks } from './request-tasks.ts'

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

/** Outside applications read these two fields (rest-api.md section 1.3). */
const TOKEN_REFUSED = {
  description: 'Not signed in, or a project token that does not hold.',
  content: z.union([ErrorBody, z.strictObject({ code: z.string(), description: z.string() })]),
}

export const schedulerRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('project', limitedAs('NEW_TASK'), limit)
    .get(
      '/api/project/:name/newtask',
      {
        operationId: 'requestNextTask',
        summary: 'The next task for this volunteer, of a project by id or short name',
        query: NewTaskQuery,
        answer: NewTask,
        answers: { 401: TOKEN_REFUSED },
        refuses: [400],
      },
      async (c) => {
        try {
          return c.json(await answer(c))
        } catch (error) {
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
      '/api/project/:name/task/:taskId{[0-9]+}/request',
      {
        operationId: 'requestTask',
        access: 'guest',
        summary: 'Ask for one given task',
        answer: Task,
      },
      async (c) => {
        const name = c.req.param('name') ?? ''
        return c.json(toTaskView(await requestTask(c.var.ctx, name, pathId(c, 'task', 'taskId'))))
      },
    )

/** Nothing, one, more: an empty object, the object, an array. pybossa.js depends on it. */
async function answer(c: Context<Env>) {
  const { limit, offset, orderby, desc, external_uid } = c.req.query()
  const project = await getProjectToAnswer(c.var.ctx, c.req.param('name') ?? '')
  const ctx = await forOutsideUser(c, project.id, external_uid)
  const rows = await requestTasks(ctx, project, {
    limit: Math.min(whole('limit', limit, 1), MAX_LIMIT),
    offset: whole('offset', offset, 0),
    order: parseRequestOrder(orderby, desc),
  })
  offerIdentity(c)
  const tasks = rows.map(toTaskView)
  return tasks.length > 1 ? tasks : (tasks[0] ?? {})
}

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
