import { MAX_TASKS, Task, TaskChange, TaskInput } from '@manyhands/shared/tasks/contract'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import { relatedToTask } from '@manyhands/shared/tasks/related-view'
import { toTaskView } from '@manyhands/shared/tasks/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments, refuseUnknownArguments } from '../http/arguments.ts'
import { asObject, parseBody, readJson, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import { RESERVED_TASK_FIELDS, readTask, readTasks, tidyTask } from './read-task.ts'
import {
  changeTask,
  createTasks,
  getTaskPage,
  getTaskToChange,
  listTasks,
  removeTask,
  type TaskPage,
} from './service.ts'

const ONE = '/api/task/:id{[0-9]+}'

export const taskRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('task', limit)
    .about('Tasks: the items that volunteers answer, and which of them somebody likes best.')
    .get('/api/task', { summary: 'List tasks', list: taskList, answer: z.array(Task) }, async (c) =>
      c.json(showPage(c, await listTasks(c.var.ctx, queryArguments(c)))),
    )
    .post(
      '/api/task',
      {
        summary: 'Create a task, or with an array up to 1,000 of them: all or none',
        body: z.union([TaskInput, z.array(TaskInput).min(1).max(MAX_TASKS)]),
        answer: z.union([Task, z.array(Task)]),
      },
      async (c) => {
        refuseUnknownArguments(c, taskList)
        const body = await readJson(c)
        if (Array.isArray(body)) {
          const rows = await createTasks(c.var.ctx, await readTasks(c.var.ctx, body))
          return c.json(rows.map(toTaskView))
        }
        const [row] = await createTasks(c.var.ctx, [await readTask(c.var.ctx, asObject(body))])
        if (!row) throw new Error('no task was stored')
        return c.json(toTaskView(row))
      },
    )
    .get(ONE, { summary: 'One task', answer: Task }, async (c) =>
      c.json(
        showPage(c, await getTaskPage(c.var.ctx, pathId(c, 'task'), queryArguments(c)))[0] ?? {},
      ),
    )
    .put(ONE, { summary: 'Change a task', body: TaskChange, answer: Task }, async (c) => {
      refuseUnknownArguments(c, taskList)
      const id = pathId(c, 'task')
      const before = await getTaskToChange(c.var.ctx, id)
      const change = parseBody(TaskChange, tidyTask(await readJsonObject(c)), {
        reserved: RESERVED_TASK_FIELDS,
        current: toTaskView(before),
        unchanged: { project_id: before.projectId },
      })
      return c.json(toTaskView(await changeTask(c.var.ctx, id, change)))
    })
    .delete(ONE, { summary: 'Delete a task and its answers', refuses: [415] }, async (c) => {
      refuseUnknownArguments(c, taskList)
      await removeTask(c.var.ctx, pathId(c, 'task'))
      return c.body(null, 204)
    })

function showPage(c: Context<Env>, { rows, related }: TaskPage) {
  return rows.map((row) => ({
    ...toTaskView(row),
    link: link(c, 'self', 'task', row.id),
    links: [link(c, 'parent', 'project', row.projectId)],
    ...relatedToTask(row.id, related),
    ...row.found,
  }))
}
