import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { ListQuery } from '../db/list.ts'
import { type Listed, type ListScope, listRows } from '../db/list-rows.ts'
import { writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { projects } from '../projects/table.ts'
import { results } from '../results/table.ts'
import { hasResultInfo } from '../stats/counted-results.ts'
import { projectStats } from '../stats/table.ts'
import { stateOf } from './rules.ts'
import { type TaskRow, tasks } from './table.ts'

export interface NewTask {
  info: unknown
  nAnswers?: number | undefined
  priority0?: number | undefined
  quorum?: number | undefined
  calibration?: number | undefined
  externalId?: string | null | undefined
}

export const DEFAULT_REDUNDANCY = 30

export async function findTask(db: Reader, id: number): Promise<TaskRow | undefined> {
  const [row] = await db.select().from(tasks).where(eq(tasks.id, id))
  return row
}

export function listTasksByIds(db: Reader, ids: number[]): Promise<TaskRow[]> {
  return ids.length === 0
    ? Promise.resolve([])
    : db.select().from(tasks).where(inArray(tasks.id, ids))
}

export async function lockTask(tx: Writer, id: number): Promise<TaskRow | undefined> {
  const [row] = await tx.select().from(tasks).where(eq(tasks.id, id)).for('update')
  return row
}

export function listTasks(
  db: Reader,
  query: ListQuery,
  scope: ListScope,
  extra?: SQL,
): Promise<Array<Listed<TaskRow>>> {
  return listRows(db, tasks, query, scope, extra)
}

/** Tasks that this volunteer has no answer to. */
export function notAnsweredBy(volunteerKey: string): SQL {
  return sql`not exists (select 1 from task_runs r where r.volunteer_key = ${volunteerKey}
    and r.project_id = ${tasks.projectId} and r.task_id = ${tasks.id})`
}

/** Stores tasks of one project in one statement, whatever their number; a row whose `externalId` is
 *  there already is left out. Returns the new ids in the order given. */
export async function insertTasks(
  tx: Writer,
  projectId: number,
  rows: NewTask[],
): Promise<number[]> {
  if (rows.length === 0) return []
  const inserted = await writeRows<{ id: number }>(
    tx,
    sql`
    insert into tasks (project_id, info, n_answers, priority_0, quorum, calibration, external_id, breadth_runs)
    select ${projectId}, row.value -> 'info',
      coalesce((row.value ->> 'nAnswers')::int, ${DEFAULT_REDUNDANCY}),
      coalesce((row.value ->> 'priority0')::float8, 0),
      coalesce((row.value ->> 'quorum')::int, 0), coalesce((row.value ->> 'calibration')::int, 0),
      row.value ->> 'externalId',
      (select case when info ->> 'sched' = 'breadth_first' then 0 end from projects where id = ${projectId})
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as row (value, position)
    order by row.position
    on conflict (project_id, external_id) where external_id is not null do nothing
    returning id`,
  )
  const ids = inserted.map((row) => Number(row.id))
  await countNewTasks(tx, projectId, ids.length)
  await startScheduleEpoch(tx, projectId, Math.max(...rows.map((row) => row.priority0 ?? 0)))
  return ids
}

async function countNewTasks(tx: Writer, projectId: number, count: number): Promise<void> {
  await tx
    .update(projectStats)
    .set({ nTasks: sql`${projectStats.nTasks} + ${count}` })
    .where(eq(projectStats.projectId, projectId))
}

/** A task of this priority now comes before others, so places reached in the old order are void. Only
 *  when some task ranks below it: appending to the end, the usual case, voids nothing. */
export async function startScheduleEpoch(
  tx: Writer,
  projectId: number,
  priority: number,
): Promise<void> {
  await tx.execute(sql`
    update projects set schedule_epoch = schedule_epoch + 1
    where id = ${projectId} and exists (
      select 1 from tasks where project_id = ${projectId} and (-priority_0) > ${-priority})`)
}

/** The project's order starts anew: a task came back, or moved. */
export async function restartSchedule(tx: Writer, projectId: number): Promise<void> {
  await tx
    .update(projects)
    .set({ scheduleEpoch: sql`${projects.scheduleEpoch} + 1` })
    .where(eq(projects.id, projectId))
}

export async function updateTask(
  tx: Writer,
  id: number,
  change: Partial<Omit<TaskRow, 'id'>>,
): Promise<TaskRow | undefined> {
  const [row] = await tx.update(tasks).set(change).where(eq(tasks.id, id)).returning()
  return row
}

/** One answer of a task is gone: its counter and its state follow. */
export async function countAnswerOff(tx: Writer, task: TaskRow): Promise<TaskRow> {
  const nTaskRuns = task.nTaskRuns - 1
  const state = stateOf({ nAnswers: task.nAnswers, nTaskRuns })
  const row = await updateTask(tx, task.id, {
    nTaskRuns,
    state,
    ...(task.breadthRuns !== null && { breadthRuns: nTaskRuns }),
  })
  if (!row) throw new Error('the task was not locked')
  return row
}

export async function deleteTask(tx: Writer, task: TaskRow): Promise<void> {
  const nResults = await tx.$count(results, and(eq(results.taskId, task.id), hasResultInfo))
  await tx.delete(tasks).where(eq(tasks.id, task.id))
  const completed = task.state === 'completed' ? 1 : 0
  await tx
    .update(projectStats)
    .set({
      nTasks: sql`${projectStats.nTasks} - 1`,
      nCompletedTasks: sql`${projectStats.nCompletedTasks} - ${completed}`,
      nTaskRuns: sql`${projectStats.nTaskRuns} - ${task.nTaskRuns}`,
      nResults: sql`${projectStats.nResults} - ${nResults}`,
    })
    .where(eq(projectStats.projectId, task.projectId))
}

/** Switches the index of the breadth-first scheduler on or off for a project's tasks. */
export async function setBreadthFirst(tx: Writer, projectId: number, on: boolean): Promise<void> {
  await tx
    .update(tasks)
    .set({ breadthRuns: on ? sql`${tasks.nTaskRuns}` : null })
    .where(eq(tasks.projectId, projectId))
}

/** Tasks whose external ids are among these. */
export async function listExternalIds(
  db: Reader,
  projectId: number,
  externalIds: string[],
): Promise<string[]> {
  if (externalIds.length === 0) return []
  const rows = await db
    .select({ externalId: tasks.externalId })
    .from(tasks)
    .where(and(eq(tasks.projectId, projectId), inArray(tasks.externalId, externalIds)))
  return rows.flatMap((row) => row.externalId ?? [])
}
