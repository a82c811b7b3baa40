import { ForbiddenError, NotFoundError } from '@manyhands/shared/errors/errors'
import { SubmitTaskRun, TaskRun, TaskRunChange } from '@manyhands/shared/task-runs/contract'
import { taskRunList } from '@manyhands/shared/task-runs/list-shape'
import type { TaskRunRow } from '@manyhands/shared/task-runs/table'
import { toTaskRunView } from '@manyhands/shared/task-runs/view'
import { UserProgress } from '@manyhands/shared/tasks/contract'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { assertFields, parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import { forOutsideUser } from '../volunteers/outside-user.ts'
import { changeTaskRun, getTaskRunToChange, removeTaskRun } from './change-task-run.ts'
import { getTaskRun, getUserProgress, listTaskRuns } from './service.ts'
import { submitTaskRun } from './submit-task-run.ts'

const RESERVED = ['id', 'created', 'finish_time']

export const taskRunRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('taskrun', limit)
    .get(
      '/api/taskrun',
      {
        operationId: 'listTaskRuns',
        summary: 'List task runs',
        list: taskRunList,
        answer: z.array(TaskRun),
      },
      async (c) =>
        c.json((await listTaskRuns(c.var.ctx, queryArguments(c))).map((row) => show(c, row))),
    )
    .post(
      '/api/taskrun',
      {
        operationId: 'submitTaskRun',
        access: 'guest',
        summary: 'Answer a task',
        body: SubmitTaskRun,
        answer: TaskRun,
      },
      async (c) => {
        refuseUnknownArguments(c, taskRunList)
        const body = await readJsonObject(c)
        assertFields(SubmitTaskRun, body, RESERVED)
        refuseIds(body)
        const input = parseBody(SubmitTaskRun, body)
        const key = c.req.header('idempotency-key')?.slice(0, 200) ?? null
        const ctx = await forOutsideUser(c, input.project_id, input.external_uid).catch(
          asInvalidProject,
        )
        return c.json(toTaskRunView(await submitTaskRun(ctx, input, key)))
      },
    )
    .get(
      '/api/taskrun/:id{[0-9]+}',
      { operationId: 'getTaskRun', summary: 'One task run', answer: TaskRun },
      async (c) => c.json(show(c, await getTaskRun(c.var.ctx, pathId(c, 'taskrun')))),
    )
    .put(
      '/api/taskrun/:id{[0-9]+}',
      {
        operationId: 'changeTaskRun',
        summary: 'Change an answer',
        body: TaskRunChange,
        answer: TaskRun,
      },
      async (c) => {
        const { ctx } = c.var
        refuseUnknownArguments(c, taskRunList)
        const id = pathId(c, 'taskrun')
        const {
          id: _,
          created,
          finish_time,
          info,
          media_url,
          ...fixed
        } = toTaskRunView(await getTaskRunToChange(ctx, id))
        const change = parseBody(TaskRunChange, await readJsonObject(c), {
          reserved: RESERVED,
          unchanged: fixed,
        })
        return c.json(toTaskRunView(await changeTaskRun(ctx, id, change)))
      },
    )
    .delete(
      '/api/taskrun/:id{[0-9]+}',
      { operationId: 'deleteTaskRun', summary: 'Take an answer back', refuses: [415] },
      async (c) => {
        refuseUnknownArguments(c, taskRunList)
        await removeTaskRun(c.var.ctx, pathId(c, 'taskrun'))
        return c.body(null, 204)
      },
    )

export const userProgressRoutes = (limit: MiddlewareHandler<Env>) => {
  const progress = async (c: Context<Env>) =>
    c.json(await getUserProgress(c.var.ctx, c.req.param('name') ?? '', c.req.query('external_uid')))
  return new Routes('userprogress', limit)
    .get(
      '/api/project/:name/userprogress',
      {
        operationId: 'getUserProgress',
        summary: 'How far this volunteer has come',
        answer: UserProgress,
      },
      progress,
    )
    .get(
      '/api/app/:name/userprogress',
      {
        operationId: 'getUserProgressOfApp',
        summary: 'The same, under its old name',
        answer: UserProgress,
      },
      progress,
    )
}

/** Ids as text, and no id at all, get the contract's refusals of the id instead of one of the type
 *  (rest-api.md section 5.1, steps 7 and 8). */
function refuseIds(body: Record<string, unknown>): void {
  if (typeof body.task_id !== 'number') throw new ForbiddenError('Invalid task_id')
  if (typeof body.project_id !== 'number') throw new ForbiddenError('Invalid project_id')
}

function asInvalidProject(error: unknown): never {
  throw error instanceof NotFoundError ? new ForbiddenError('Invalid project_id') : error
}

function show(c: Context<Env>, row: TaskRunRow) {
  return {
    ...toTaskRunView(row),
    link: link(c, 'self', 'taskrun', row.id),
    links: [link(c, 'parent', 'project', row.projectId), link(c, 'parent', 'task', row.taskId)],
  }
}
