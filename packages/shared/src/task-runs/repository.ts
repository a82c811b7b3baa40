import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm'
import { toWireMoment } from '../db/columns.ts'
import type { ListQuery } from '../db/list.ts'
import { type Listed, type ListScope, listRows } from '../db/list-rows.ts'
import { jsonParameter, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import type { Volunteer } from '../volunteers/identity.ts'
import { TASK_RUN_STORED } from './events.ts'
import { type TaskRunRow, taskRuns } from './table.ts'

export interface NewTaskRun {
  taskId: number
  projectId: number
  volunteer: Volunteer
  /** When the task was handed out, ISO with zone. */
  requestedAt: string
  info: unknown
  mediaUrl: string | null
  timeout: number | null
  calibration: number | null
  idempotencyKey: string | null
  answerHash: string
}

export interface StoredTaskRun {
  id: number
  created: string
  finishTime: string
  /** Task runs of the task, this one included. */
  nTaskRuns: number
  /** This answer completed the task. */
  completes: boolean
  surplus: boolean
}

/** The unique key that makes a second answer of one volunteer impossible. */
export const ONE_ANSWER_EACH = 'task_runs_task_volunteer_key'

/** Stores an answer, moves the task's counter and state, and writes the outbox row, in one statement
 *  and so in one transaction and one round trip. The update comes first: its row lock puts answers
 *  to one task in a row, so exactly one of them sees `n_task_runs = n_answers`. Undefined when the task
 *  is gone. Throws a unique violation of ONE_ANSWER_EACH on a second answer, with nothing changed. */
export async function storeTaskRun(
  db: Writer,
  run: NewTaskRun,
): Promise<StoredTaskRun | undefined> {
  const { volunteer } = run
  const [row] = await writeRows<StoredColumns>(
    db,
    sql`
    with task as (
      update tasks set
        n_task_runs = n_task_runs + 1,
        breadth_runs = breadth_runs + 1,
        state = case when n_task_runs + 1 >= n_answers then 'completed' else 'ongoing' end
      where id = ${run.taskId} and project_id = ${run.projectId}
      returning id, project_id, n_task_runs, n_answers
    ), run as (
      insert into task_runs (created, project_id, task_id, user_id, user_ip, external_uid, finish_time,
        timeout, calibration, media_url, info, volunteer_key, idempotency_key, answer_hash, surplus)
      select least(${run.requestedAt}::timestamptz, clock_timestamp()), project_id, id, ${volunteer.userId}::int,
        ${volunteer.userIp}, ${volunteer.externalUid}, clock_timestamp(), ${run.timeout}::int, ${run.calibration}::int,
        ${run.mediaUrl}, ${jsonParameter(run.info)}, ${volunteer.key}, ${run.idempotencyKey}, ${run.answerHash},
        n_task_runs > n_answers
      from task
      returning id, task_id, project_id, created, finish_time, surplus
    ), event as (
      insert into outbox (topic, payload)
      select ${TASK_RUN_STORED}, jsonb_build_object(
        'taskRunId', run.id, 'taskId', run.task_id, 'projectId', run.project_id,
        'completes', task.n_task_runs = task.n_answers,
        'volunteerKey', ${volunteer.key}::text, 'userId', ${volunteer.userId}::int,
        'finishTime', to_char(run.finish_time at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        'secondsSpent', extract(epoch from run.finish_time - run.created)::float8)
      from run, task
    )
    select run.id, run.created, run.finish_time, run.surplus, task.n_task_runs, task.n_task_runs = task.n_answers as completes from run, task`,
  )
  return (
    row && {
      id: Number(row.id),
      created: toWireMoment(row.created),
      finishTime: toWireMoment(row.finish_time),
      nTaskRuns: row.n_task_runs,
      completes: row.completes,
      surplus: row.surplus,
    }
  )
}

interface StoredColumns {
  id: number
  created: string
  finish_time: string
  n_task_runs: number
  completes: boolean
  surplus: boolean
}

export async function findTaskRun(db: Reader, id: number): Promise<TaskRunRow | undefined> {
  const [row] = await db.select().from(taskRuns).where(eq(taskRuns.id, id))
  return row
}

/** Locks the answer until `tx` ends. */
export async function lockTaskRun(tx: Writer, id: number): Promise<TaskRunRow | undefined> {
  const [row] = await tx.select().from(taskRuns).where(eq(taskRuns.id, id)).for('update')
  return row
}

export async function updateTaskRun(
  tx: Writer,
  id: number,
  change: Partial<Pick<TaskRunRow, 'info' | 'mediaUrl'>>,
): Promise<TaskRunRow | undefined> {
  const [row] = await tx.update(taskRuns).set(change).where(eq(taskRuns.id, id)).returning()
  return row
}

/** Deletes an answer whose task `tx` has locked. The first answer that came too late takes its place. */
export async function deleteTaskRun(tx: Writer, run: TaskRunRow): Promise<void> {
  await tx.delete(taskRuns).where(eq(taskRuns.id, run.id))
  if (run.surplus) return
  await tx.execute(sql`
    update task_runs set surplus = false where id = (
      select id from task_runs where task_id = ${run.taskId} and surplus order by id limit 1)`)
}

/** The answer of one volunteer to one task: what a repeated request is answered with. */
export async function findAnswer(
  db: Reader,
  taskId: number,
  volunteerKey: string,
): Promise<TaskRunRow | undefined> {
  const [row] = await db
    .select()
    .from(taskRuns)
    .where(and(eq(taskRuns.taskId, taskId), eq(taskRuns.volunteerKey, volunteerKey)))
  return row
}

/** The newest answer to a task, by whomever: what the next volunteer goes on from when the project is
 *  served incrementally. */
export async function findLastAnswer(db: Reader, taskId: number): Promise<TaskRunRow | undefined> {
  const [row] = await db
    .select()
    .from(taskRuns)
    .where(eq(taskRuns.taskId, taskId))
    .orderBy(desc(taskRuns.finishTime), desc(taskRuns.id))
    .limit(1)
  return row
}

export async function countAnswers(
  db: Reader,
  projectId: number,
  volunteerKey: string,
): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(taskRuns)
    .where(and(eq(taskRuns.projectId, projectId), eq(taskRuns.volunteerKey, volunteerKey)))
  return row?.n ?? 0
}

/** All answers to one task, oldest first. Bounded by the task's redundancy and its surplus. */
export function listTaskRunsOfTask(db: Reader, taskId: number): Promise<TaskRunRow[]> {
  return db.select().from(taskRuns).where(eq(taskRuns.taskId, taskId)).orderBy(asc(taskRuns.id))
}

/** All answers to each of these tasks, oldest first. */
export function listTaskRunsOfTasks(db: Reader, taskIds: number[]): Promise<TaskRunRow[]> {
  return taskIds.length === 0
    ? Promise.resolve([])
    : db.select().from(taskRuns).where(inArray(taskRuns.taskId, taskIds)).orderBy(asc(taskRuns.id))
}

export function listTaskRuns(
  db: Reader,
  query: ListQuery,
  scope: ListScope,
): Promise<Array<Listed<TaskRunRow>>> {
  return listRows(db, taskRuns, query, scope)
}

/** Gives the answers of a browser to the account that its volunteer has made or signed in to, but for
 *  tasks which that account has answered too. Returns how many. */
export async function adoptTaskRuns(tx: Writer, from: Volunteer, to: Volunteer): Promise<number> {
  const rows = await writeRows(
    tx,
    sql`update task_runs set volunteer_key = ${to.key}, user_id = ${to.userId}, user_ip = null
        where volunteer_key = ${from.key} and not exists (
          select 1 from task_runs other where other.task_id = task_runs.task_id and other.volunteer_key = ${to.key})
        returning id`,
  )
  return rows.length
}
