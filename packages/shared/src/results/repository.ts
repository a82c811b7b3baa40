import { and, eq, inArray, sql } from 'drizzle-orm'
import type { ListQuery } from '../db/list.ts'
import { type Listed, type ListScope, listRows } from '../db/list-rows.ts'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { type ResultRow, results } from './table.ts'

export async function findResult(db: Reader, id: number): Promise<ResultRow | undefined> {
  const [row] = await db.select().from(results).where(eq(results.id, id))
  return row
}

/** Locks the result until `tx` ends. */
export async function lockResult(tx: Writer, id: number): Promise<ResultRow | undefined> {
  const [row] = await tx.select().from(results).where(eq(results.id, id)).for('update')
  return row
}

export async function setResultInfo(
  tx: Writer,
  id: number,
  info: unknown,
): Promise<ResultRow | undefined> {
  const [row] = await tx.update(results).set({ info }).where(eq(results.id, id)).returning()
  return row
}

export function listResults(
  db: Reader,
  query: ListQuery,
  scope: ListScope,
): Promise<Array<Listed<ResultRow>>> {
  return listRows(db, results, query, scope)
}

/** Makes the result of a completed task from its answers, unless it has a current one. One statement,
 *  so that it may run twice or beside itself. It waits for whoever takes an answer back, who holds the
 *  task: the task may be open again then. Returns the new result's id, or undefined. */
export async function createResult(db: Writer, taskId: number): Promise<number | undefined> {
  const [row] = await writeRows<{ id: number }>(
    db,
    sql`
    with task as (
      select id, project_id from tasks
      where id = ${taskId} and state = 'completed' and n_task_runs > 0
      for no key update
    )
    insert into results (project_id, task_id, task_run_ids)
    select t.project_id, t.id, (select array_agg(r.id order by r.id) from task_runs r where r.task_id = t.id and not r.surplus)
    from task t
    on conflict (task_id) where last_version do nothing
    returning id`,
  )
  return row && Number(row.id)
}

/** Completed tasks without a result, for the sweep: at most `limit`, lowest id above `after` first. */
export async function listTasksWithoutResult(
  db: Reader,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await selectRows<{ id: number }>(
    db,
    sql`
    select t.id from tasks t
    where t.id > ${after} and t.state = 'completed' and t.n_task_runs > 0
      and not exists (select 1 from results r where r.task_id = t.id and r.last_version)
    order by t.id limit ${limit}`,
  )
  return rows.map((row) => Number(row.id))
}

/** The current result of each of these tasks that has one. */
export function listCurrentResults(db: Reader, taskIds: number[]): Promise<ResultRow[]> {
  return taskIds.length === 0
    ? Promise.resolve([])
    : db
        .select()
        .from(results)
        .where(and(inArray(results.taskId, taskIds), eq(results.lastVersion, true)))
}

export async function findCurrentResult(
  db: Reader,
  taskId: number,
): Promise<ResultRow | undefined> {
  const [row] = await db
    .select()
    .from(results)
    .where(and(eq(results.taskId, taskId), eq(results.lastVersion, true)))
  return row
}
