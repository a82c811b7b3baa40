import { MethodNotAllowedError, ValidationError } from '@manyhands/shared/errors/errors'
import { FavoriteInput } from '@manyhands/shared/favorites/contract'
import { Task } from '@manyhands/shared/tasks/contract'
import { relatedToTask } from '@manyhands/shared/tasks/related-view'
import { toTaskView } from '@manyhands/shared/tasks/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { link } from '../http/links.ts'
import { Routes } from '../http/routes.ts'
import {
  addFavorite,
  assertSignedIn,
  type FavoritePage,
  getFavorite,
  listFavorites,
  removeFavorite,
} from './service.ts'

const RELATED = {
  related: z.string().optional().describe('Anything: with the task runs and the result.'),
}
const ONE = '/api/favorites/:id{[0-9]+}'

export const favoriteRoutes = (limit: MiddlewareHandler<Env>) =>
  // The error bodies speak of the task (rest-api.md section 8.2).
  new Routes('task', limit)
    .get(
      '/api/favorites',
      {
        operationId: 'listFavorites',
        summary: "The caller's favourite tasks",
        access: 'account',
        query: z.object({
          limit: z.string().optional().describe('How many at most: 20 unless given, 100 at most.'),
          offset: z.string().optional().describe('How many to leave out first.'),
          last_id: z.string().optional().describe('Only ids larger than this.'),
          orderby: z.string().optional().describe('The field to sort by.'),
          desc: z.string().optional().describe('`true`: largest first.'),
          ...RELATED,
        }),
        answer: z.array(Task),
        refuses: [415],
      },
      async (c) => c.json(showPage(c, await listFavorites(c.var.ctx, queryArguments(c)))),
    )
    .post(
      '/api/favorites',
      {
        operationId: 'addFavorite',
        summary: 'Make a task a favourite of the caller',
        body: FavoriteInput,
        answer: Task,
        refuses: [404],
      },
      async (c) => {
        const body = await readJsonObject(c)
        refuseShape(body)
        const { task_id } = parseBody(FavoriteInput, body, {
          beforeValues: () => assertSignedIn(c.var.ctx),
        })
        return c.json(toTaskView(await addFavorite(c.var.ctx, task_id)))
      },
    )
    .get(
      ONE,
      {
        operationId: 'getFavorite',
        summary: 'One favourite of the caller, by the id of the task',
        access: 'account',
        query: z.object(RELATED),
        answer: Task,
      },
      async (c) => {
        const page = await getFavorite(c.var.ctx, pathId(c, 'task'), queryArguments(c))
        return c.json(showPage(c, page)[0] ?? {})
      },
    )
    .put(
      ONE,
      {
        operationId: 'changeFavorite',
        summary: 'Refused: a favourite has nothing to change',
        answer: null,
        refuses: [405],
      },
      () => {
        throw new MethodNotAllowedError('A favourite has nothing to change', 'PUT')
      },
    )
    .delete(
      ONE,
      {
        operationId: 'removeFavorite',
        summary: 'A task is no favourite of the caller any more',
        answer: Task,
      },
      async (c) => {
        c.set('action', 'DEL')
        return c.json(toTaskView(await removeFavorite(c.var.ctx, pathId(c, 'task'))))
      },
    )

/** Anything but a task_id is refused by one name, before the caller is looked at. */
function refuseShape(body: Record<string, unknown>): void {
  const wrong = ['task_id', ...Object.keys(body)].find(
    (key) => (key === 'task_id') !== Object.hasOwn(body, key),
  )
  if (!wrong) return
  throw new ValidationError('The body must be {"task_id": <id>}', 'unknown-name', [
    { field: wrong, message: wrong === 'task_id' ? 'is missing' : 'is not a field of this object' },
  ])
}

function showPage(c: Context<Env>, { rows, related }: FavoritePage) {
  return rows.map((row) => ({
    ...toTaskView(row),
    link: link(c, 'self', 'task', row.id),
    links: [link(c, 'parent', 'project', row.projectId)],
    ...relatedToTask(row.id, related),
  }))
}
