import { type SQL, sql } from 'drizzle-orm'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { type ChangedTasks, followChanges } from './follow-changes.ts'

const SHOWN_IDS = 100

/** One number as text, however long the list: a statement has room for 65,535 parameters only. */
function listed(ids: number[]): SQL {
  return sql`(select value::bigint from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`
}

/** Sets the redundancy of all tasks of a project, or of those named, in one statement. `tx` has locked the
 *  whole project: a state that an answer changes meanwhile would be counted twice. */
export function setRedundancy(
  tx: Writer,
  projectId: number,
  nAnswers: number,
  ids: number[] | undefined,
): Promise<ChangedTasks> {
  const named = ids ? sql`t.id in ${listed(ids)}` : sql`true`
  return followChanges(
    tx,
    projectId,
    sql`
    update tasks t set n_answers = ${nAnswers},
      state = case when t.n_task_runs >= ${nAnswers} then 'completed' else 'ongoing' end
    from tasks old
    where old.id = t.id and t.project_id = ${projectId} and t.n_answers <> ${nAnswers} and ${named}
    returning t.id, old.state as was, t.state, old.priority_0 as was_priority, t.priority_0`,
  )
}

/** Sets the priority of the tasks named. `tx` has locked the whole project. */
export function setPriority(
  tx: Writer,
  projectId: number,
  priority: number,
  ids: number[],
): Promise<ChangedTasks> {
  return followChanges(
    tx,
    projectId,
    sql`
    update tasks t set priority_0 = ${priority}::float8 from tasks old
    where old.id = t.id and t.project_id = ${projectId} and t.priority_0 <> ${priority}::float8
      and t.id in ${listed(ids)}
    returning t.id, old.state as was, t.state, old.priority_0 as was_priority, t.priority_0`,
  )
}

/** Which of these ids are no tasks of the project, at most a hundred. */
export async function listUnknownIds(
  db: Reader,
  projectId: number,
  ids: number[],
): Promise<number[]> {
  const rows = await selectRows<{ value: number }>(
    db,
    sql`
    select value from ${listed(ids)} as named (value)
    where not exists (select 1 from tasks where id = value and project_id = ${projectId})
    order by value limit ${SHOWN_IDS}`,
  )
  return rows.map((row) => Number(row.value))
}

/** Deletes every task without a result of any version, with its answers (behaviour.md section 2.9). `tx`
 *  has locked the whole project. */
export async function deleteTasksWithoutResult(
  tx: Writer,
  projectId: number,
): Promise<{ deleted: number; kept: number }> {
  const [gone] = await writeRows<{ deleted: number; runs: number; completed: number }>(
    tx,
    sql`
    with gone as (
      delete from tasks t where t.project_id = ${projectId}
        and not exists (select 1 from results r where r.task_id = t.id)
      returning t.n_task_runs, t.state
    )
    select count(*)::int as deleted, coalesce(sum(n_task_runs), 0)::int as runs,
      (count(*) filter (where state = 'completed'))::int as completed
    from gone`,
  )
  const { deleted = 0, runs = 0, completed = 0 } = gone ?? {}
  const [stats] = await writeRows<{ n_tasks: number }>(
    tx,
    sql`
    update project_stats set n_tasks = n_tasks - ${deleted}, n_task_runs = n_task_runs - ${runs},
      n_completed_tasks = n_completed_tasks - ${completed},
      overall_progress = case when n_tasks - ${deleted} <= 0 then 0 else greatest(0, least(100,
        floor((n_completed_tasks - ${completed}) * 100.0 / (n_tasks - ${deleted})))) end
    where project_id = ${projectId} returning n_tasks`,
  )
  return { deleted, kept: stats?.n_tasks ?? 0 }
}
