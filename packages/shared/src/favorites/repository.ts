import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { ListQuery } from '../db/list.ts'
import type { Reader, Writer } from '../db/types.ts'
import { type TaskRow, tasks } from '../tasks/table.ts'

/** Whose favourite a task is stands in the task, as the wire shows it: this column of `tasks` is written
 *  here and nowhere else. */
const { favUserIds } = tasks

const isFavoriteOf = (userId: number) => sql`${favUserIds} @> array[${userId}]::int[]`

/** Few, and found by their own index before they are put in order (`offset 0` keeps the planner from
 *  walking over all tasks in that order instead). */
const idsOf = (userId: number) =>
  sql`(select f.id from ${tasks} f where f.fav_user_ids @> array[${userId}]::int[] offset 0)`

export function listFavorites(
  db: Reader,
  userId: number,
  query: ListQuery,
  scope?: SQL,
): Promise<TaskRow[]> {
  return db
    .select()
    .from(tasks)
    .where(and(sql`${tasks.id} in ${idsOf(userId)}`, query.where, scope))
    .orderBy(...query.orderBy)
    .limit(query.limit)
    .offset(query.offset)
}

export async function findFavorite(
  db: Reader,
  userId: number,
  taskId: number,
  scope?: SQL,
): Promise<TaskRow | undefined> {
  const [row] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, taskId), isFavoriteOf(userId), scope))
  return row
}

/** Once, however often it is added. Undefined when there is no such task. */
export async function addFavorite(
  db: Writer,
  userId: number,
  taskId: number,
): Promise<TaskRow | undefined> {
  const added = sql`case when ${isFavoriteOf(userId)} then ${favUserIds}
    else array_append(${favUserIds}, ${userId}) end`
  const [row] = await db
    .update(tasks)
    .set({ favUserIds: added })
    .where(eq(tasks.id, taskId))
    .returning()
  return row
}

/** Undefined when it is none of theirs. */
export async function removeFavorite(
  db: Writer,
  userId: number,
  taskId: number,
): Promise<TaskRow | undefined> {
  const [row] = await db
    .update(tasks)
    .set({ favUserIds: sql`array_remove(${favUserIds}, ${userId})` })
    .where(and(eq(tasks.id, taskId), isFavoriteOf(userId)))
    .returning()
  return row
}
