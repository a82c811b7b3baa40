import { ForbiddenError, NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import {
  AnswerIds,
  SubmitTaskRun,
  SubmitTaskRunForm,
  TaskRun,
  TaskRunChange,
} from '@manyhands/shared/task-runs/contract'
import { taskRunList } from '@manyhands/shared/task-runs/list-shape'
import type { TaskRunRow } from '@manyhands/shared/task-runs/table'
import { toTaskRunView } from '@manyhands/shared/task-runs/view'
import { UserProgress, UserProgressQuery } from '@manyhands/shared/tasks/contract'
import { relatedToTaskRun } from '@manyhands/shared/tasks/related-view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { isMultipart, parseBody, readJsonObject } from '../http/body.ts'
import type { Env, ServiceContext } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import { reportedAs } from '../http/view-name.ts'
import { withUpload } from '../uploads/receive-upload.ts'
import type { StoredFile, UploadRules } from '../uploads/upload-rules.ts'
import { forOutsideUser } from '../volunteers/outside-user.ts'
import { changeTaskRun, getTaskRunToChange, removeTaskRun } from './change-task-run.ts'
import { getTaskRunPage, getUserProgress, listTaskRuns, type TaskRunPage } from './service.ts'
import {
  assertMayAnswer,
  assertMayDeliver,
  assertTaskExists,
  submitTaskRun,
} from './submit-task-run.ts'

const RESERVED = ['id', 'created', 'finish_time']

export const taskRunRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('taskrun', limit)
    .about("Task runs: each is one volunteer's answer to one task.")
    .get(
      '/api/taskrun',
      {
        operationId: 'listTaskRuns',
        summary: 'List task runs',
        list: taskRunList,
        answer: z.array(TaskRun),
      },
      async (c) => c.json(showPage(c, await listTaskRuns(c.var.ctx, queryArguments(c)))),
    )
    .post(
      '/api/taskrun',
      {
        operationId: 'submitTaskRun',
        access: 'guest',
        summary: 'Answer a task',
        description:
          'As `multipart/form-data` with a part `file`, the answer is a file: `media_url` and the keys `container` and `file_name` of `info` name it.',
        body: { 'application/json': SubmitTaskRun, 'multipart/form-data': SubmitTaskRunForm },
        answer: TaskRun,
      },
      async (c) => {
        refuseUnknownArguments(c, taskRunList)
        const run = isMultipart(c)
          ? await withUpload(c, uploadRules(c), (body, file) => submit(c, body, file))
          : await submit(c, await readJsonObject(c))
        return c.json(toTaskRunView(run))
      },
    )
    .get(
      '/api/taskrun/:id{[0-9]+}',
      { operationId: 'getTaskRun', summary: 'One task run', answer: TaskRun },
      async (c) =>
        c.json(
          showPage(
            c,
            await getTaskRunPage(c.var.ctx, pathId(c, 'taskrun'), queryArguments(c)),
          )[0] ?? {},
        ),
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
  return new Routes('userprogress', reportedAs('USER_PROGRESS'), limit)
    .about('How far a volunteer has come.')
    .get(
      '/api/project/:name/userprogress',
      {
        operationId: 'getUserProgress',
        summary: 'How far this volunteer has come',
        query: UserProgressQuery,
        answer: UserProgress,
      },
      progress,
    )
    .get(
      '/api/app/:name/userprogress',
      {
        operationId: 'getUserProgressOfApp',
        summary: 'The same, under its old name',
        query: UserProgressQuery,
        answer: UserProgress,
      },
      progress,
    )
}

async function submit(
  c: Context<Env>,
  body: Record<string, unknown>,
  file?: StoredFile,
): Promise<TaskRunRow> {
  const input = await parseAnswer(c, body)
  const ctx = await forVolunteer(c, input)
  const key = c.req.header('idempotency-key')?.slice(0, 200) ?? null
  return submitTaskRun(ctx, input, key, file)
}

/** Only a file that may be delivered is stored: its task was asked for, or is answered already and this
 *  may be the same answer again. */
function uploadRules(c: Context<Env>): UploadRules {
  const isOutside = /^bearer /i.test(c.req.header('authorization') ?? '')
  return {
    kind: 'taskrun',
    numbers: ['project_id', 'task_id', 'timeout', 'calibration'],
    needs: ['project_id', 'task_id', ...(isOutside ? ['external_uid'] : [])],
    async mayStore(fields) {
      assertIds(fields)
      const ids = AnswerIds.parse(fields)
      const ctx = await forVolunteer(c, ids)
      await assertMayDeliver(ctx, ids)
      return { userId: ctx.caller.volunteer.userId, projectId: ids.project_id }
    },
  }
}

/** Reserved and unknown fields come first; then whether the caller may answer at all, and only then
 *  whether the values fit (rest-api.md section 5.1). */
async function parseAnswer(c: Context<Env>, body: Record<string, unknown>): Promise<SubmitTaskRun> {
  try {
    const beforeValues = () => assertIds(body)
    return parseBody(SubmitTaskRun, body, { reserved: RESERVED, beforeValues })
  } catch (error) {
    const isValue = error instanceof ValidationError && error.fault !== 'unknown-field'
    const ids = AnswerIds.safeParse(body)
    if (isValue && ids.success) {
      await assertMayAnswer(await forVolunteer(c, ids.data), ids.data)
    }
    throw error
  }
}

/** An id as text, or none, is an id that there is not (steps 7 and 8). */
function assertIds(body: Record<string, unknown>): void {
  if (!Number.isSafeInteger(body.task_id)) throw new ForbiddenError('Invalid task_id')
  if (!Number.isSafeInteger(body.project_id)) throw new ForbiddenError('Invalid project_id')
}

/** The context of whoever answers: the caller, or the user that an outside application names. What is
 *  wrong with the task is said before what is wrong with the token (steps 6 to 9). */
async function forVolunteer(c: Context<Env>, ids: AnswerIds): Promise<ServiceContext> {
  try {
    return await forOutsideUser(c, ids.project_id, ids.external_uid)
  } catch (error) {
    await assertTaskExists(c.var.ctx, ids)
    throw error instanceof NotFoundError ? new ForbiddenError('Invalid project_id') : error
  }
}

function showPage(c: Context<Env>, { rows, related }: TaskRunPage) {
  return rows.map((row) => ({
    ...toTaskRunView(row),
    link: link(c, 'self', 'taskrun', row.id),
    links: [link(c, 'parent', 'project', row.projectId), link(c, 'parent', 'task', row.taskId)],
    ...relatedToTaskRun(row.taskId, related),
    ...row.found,
  }))
}
