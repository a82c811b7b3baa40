import { parseListQuery } from '@manyhands/shared/db/list'
import { assertAllowed, refuse } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import {
  addFavorite as addFavoriteRow,
  findFavorite,
  listFavorites as listFavoriteRows,
  removeFavorite as removeFavoriteRow,
} from '@manyhands/shared/favorites/repository'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { projectScope } from '@manyhands/shared/projects/scope'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import { type Related, readRelated } from '@manyhands/shared/tasks/related'
import { findTask } from '@manyhands/shared/tasks/repository'
import { type TaskRow, tasks } from '@manyhands/shared/tasks/table'
import { and } from 'drizzle-orm'
import type { ServiceContext } from '../http/env.ts'
import { getCachedProject } from '../projects/cached-project.ts'

const ARGUMENTS = ['limit', 'offset', 'orderby', 'desc']

export interface FavoritePage {
  rows: TaskRow[]
  related: Related | undefined
}

/** The caller's favourite tasks, of projects that they may still see. Other arguments than those of the
 *  page are ignored, and `last_id` goes with `desc` here (rest-api.md section 2.15). Throws
 *  UnauthenticatedError, ValidationError. */
export async function listFavorites(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<FavoritePage> {
  const userId = assertSignedIn(ctx)
  const page = Object.fromEntries(Object.entries(args).filter(([name]) => ARGUMENTS.includes(name)))
  const { last_id } = args
  const query = parseListQuery(
    taskList,
    last_id === undefined ? page : { ...page, offset: '0' },
    true,
  )
  const after =
    last_id === undefined ? undefined : parseListQuery(taskList, { last_id }, true).where
  return ctx.read(async (db) => {
    const rows = await listFavoriteRows(db, userId, query, and(after, readable(ctx)))
    return { rows, related: await readRelated(db, 'task', rows, args) }
  })
}

/** Throws UnauthenticatedError, NotFoundError. */
export async function getFavorite(
  ctx: ServiceContext,
  taskId: number,
  args: Record<string, string>,
): Promise<FavoritePage> {
  const userId = assertSignedIn(ctx)
  return ctx.read(async (db) => {
    const task = await findFavorite(db, userId, taskId, readable(ctx))
    if (!task) throw new NotFoundError('task', taskId)
    return { rows: [task], related: await readRelated(db, 'task', [task], args) }
  })
}

/** Throws UnauthenticatedError, NotFoundError, ForbiddenError. */
export async function addFavorite(ctx: ServiceContext, taskId: number): Promise<TaskRow> {
  const userId = assertSignedIn(ctx)
  const found = await findTask(ctx.db.primary, taskId)
  if (!found) throw new NotFoundError('task', taskId)
  const project = await getCachedProject(ctx, found.projectId)
  assertAllowed(true, mayReadContents(ctx.caller, project))
  const task = await addFavoriteRow(ctx.db.primary, userId, taskId)
  if (!task) throw new NotFoundError('task', taskId)
  await ctx.wrote()
  return task
}

/** Throws UnauthenticatedError, NotFoundError when it is none of the caller's. */
export async function removeFavorite(ctx: ServiceContext, taskId: number): Promise<TaskRow> {
  const userId = assertSignedIn(ctx)
  const task = await removeFavoriteRow(ctx.db.primary, userId, taskId)
  if (!task) throw new NotFoundError('task', taskId)
  await ctx.wrote()
  return task
}

/** Throws UnauthenticatedError. */
export function assertSignedIn(ctx: ServiceContext): number {
  return ctx.caller.userId ?? refuse(false)
}

function readable(ctx: ServiceContext) {
  return projectScope(tasks.projectId, ctx.caller)
}
