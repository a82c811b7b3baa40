import { Task, TaskChange, TaskInput } from '@manyhands/shared/tasks/contract'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import type { TaskRow } from '@manyhands/shared/tasks/table'
import { toTaskView } from '@manyhands/shared/tasks/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import { changeTask, createTask, getTask, listTasks, removeTask } from './service.ts'

const RESERVED = ['id', 'created', 'state', 'fav_user_ids']
const ONE = '/api/task/:id{[0-9]+}'

export const taskRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('task', limit)
    .get('/api/task', { summary: 'List tasks', list: taskList, answer: z.array(Task) }, async (c) =>
      c.json((await listTasks(c.var.ctx, queryArguments(c))).map((row) => show(c, row))),
    )
    .post('/api/task', { summary: 'Create a task', body: TaskInput, answer: Task }, async (c) => {
      const input = parseBody(TaskInput, await readJsonObject(c), { reserved: RESERVED })
      return c.json(toTaskView(await createTask(c.var.ctx, input)))
    })
    .get(ONE, { summary: 'One task', answer: Task }, async (c) =>
      c.json(show(c, await getTask(c.var.ctx, pathId(c, 'task')))),
    )
    .put(ONE, { summary: 'Change a task', body: TaskChange, answer: Task }, async (c) => {
      const id = pathId(c, 'task')
      const before = await getTask(c.var.ctx, id)
      const change = parseBody(TaskChange, await readJsonObject(c), {
        reserved: RESERVED,
        unchanged: { project_id: before.projectId },
      })
      return c.json(toTaskView(await changeTask(c.var.ctx, id, change)))
    })
    .delete(ONE, { summary: 'Delete a task and its answers' }, async (c) => {
      await removeTask(c.var.ctx, pathId(c, 'task'))
      return c.body(null, 204)
    })

function show(c: Context<Env>, row: TaskRow) {
  return {
    ...toTaskView(row),
    link: link(c, 'self', 'task', row.id),
    links: [link(c, 'parent', 'project', row.projectId)],
  }
}
