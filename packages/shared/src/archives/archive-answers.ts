import { eq, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { writeRows } from '../db/raw.ts'
import type { Writer } from '../db/types.ts'
import { projectStats, projectVolunteers } from '../stats/table.ts'
import { TASK_RUN_STORED } from '../task-runs/events.ts'
import { TASK_COMPLETED } from '../tasks/events.ts'
import { restartSchedule } from '../tasks/repository.ts'
import { archivedRows, archives } from './table.ts'

export interface ArchivedAnswers {
  /** Null when there was nothing to put aside. */
  archiveId: number | null
  nTaskRuns: number
  nResults: number
  /** Tasks that had answers. */
  taskIds: number[]
}

/** Puts all answers and results of a project aside, and makes its tasks, counters and schedule what they
 *  were before the first answer. `tx` has locked the whole project, so no answer falls in between: one
 *  that waits for the lock is the first of the new time. */
export async function archiveAnswers(tx: Writer, projectId: number): Promise<ArchivedAnswers> {
  const [archive] = await tx
    .insert(archives)
    .values({ projectId, nTaskRuns: 0, nResults: 0 })
    .returning()
  if (!archive) throw new Error('insert returned no row')
  const nResults = await moveResults(tx, projectId, archive.id)
  const nTaskRuns = await moveTaskRuns(tx, projectId, archive.id)
  const isEmpty = nTaskRuns + nResults === 0
  if (isEmpty) await tx.delete(archives).where(eq(archives.id, archive.id))
  else await tx.update(archives).set({ nTaskRuns, nResults }).where(eq(archives.id, archive.id))
  const taskIds = await reopenTasks(tx, projectId)
  await forgetAnswers(tx, projectId)
  await restartSchedule(tx, projectId)
  return { archiveId: isEmpty ? null : archive.id, nTaskRuns, nResults, taskIds }
}

function moveTaskRuns(tx: Writer, projectId: number, archiveId: number): Promise<number> {
  return moveRows(
    tx,
    archiveId,
    'task_run',
    sql`delete from task_runs where project_id = ${projectId} returning *`,
    sql`jsonb_build_object('id', id, 'created', ${wireMoment(sql`created`)}, 'project_id', project_id,
      'task_id', task_id, 'user_id', user_id, 'user_ip', user_ip,
      'finish_time', ${wireMoment(sql`finish_time`)}, 'timeout', timeout, 'calibration', calibration,
      'external_uid', external_uid, 'media_url', media_url, 'info', info)`,
  )
}

function moveResults(tx: Writer, projectId: number, archiveId: number): Promise<number> {
  return moveRows(
    tx,
    archiveId,
    'result',
    sql`delete from results where project_id = ${projectId} returning *`,
    sql`jsonb_build_object('id', id, 'created', ${wireMoment(sql`created`)}, 'project_id', project_id,
      'task_id', task_id, 'task_run_ids', task_run_ids, 'last_version', last_version, 'info', info)`,
  )
}

async function moveRows(
  tx: Writer,
  archiveId: number,
  kind: 'task_run' | 'result',
  deletion: SQL,
  content: SQL,
): Promise<number> {
  const [moved] = await writeRows<{ rows: number }>(
    tx,
    sql`
    with taken as (${deletion}), kept as (
      insert into ${archivedRows} (archive_id, kind, row_id, content)
      select ${archiveId}, ${kind}, id, ${content} from taken
      returning 1
    )
    select count(*)::int as rows from kept`,
  )
  return moved?.rows ?? 0
}

/** A column of time as the wire writes it: the fraction is absent when it is zero. */
function wireMoment(column: SQLWrapper): SQL {
  return sql`replace(to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '.000000', '')`
}

async function reopenTasks(tx: Writer, projectId: number): Promise<number[]> {
  const rows = await writeRows<{ id: number }>(
    tx,
    sql`
    update tasks set n_task_runs = 0, state = 'ongoing',
      breadth_runs = case when breadth_runs is null then null else 0 end
    where project_id = ${projectId} and (n_task_runs <> 0 or state <> 'ongoing')
    returning id`,
  )
  return rows.map((row) => Number(row.id))
}

async function forgetAnswers(tx: Writer, projectId: number): Promise<void> {
  // What waits to be counted is of answers that are no longer there.
  await tx.execute(sql`
    delete from outbox where topic in (${TASK_RUN_STORED}, ${TASK_COMPLETED})
      and (payload ->> 'projectId')::int = ${projectId}`)
  await tx.delete(projectVolunteers).where(eq(projectVolunteers.projectId, projectId))
  await tx
    .update(projectStats)
    .set({
      nTaskRuns: 0,
      nResults: 0,
      nVolunteers: 0,
      nCompletedTasks: 0,
      overallProgress: 0,
      averageTime: 0,
      lastActivity: null,
      // A refresh that has measured the old answers must not be applied any more.
      info: { refreshed: new Date().toISOString() },
    })
    .where(eq(projectStats.projectId, projectId))
}
