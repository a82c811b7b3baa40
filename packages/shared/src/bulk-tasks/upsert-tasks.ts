import { type SQL, sql } from 'drizzle-orm'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { lockCounters } from '../stats/repository.ts'
import { insertTasks } from '../tasks/repository.ts'
import type { TaskUpsert } from './contract.ts'
import { followChanges } from './follow-changes.ts'

export interface Upserted {
  status: 'created' | 'updated' | 'unchanged'
  id: number | null
}

/** What storing these rows would do, in their order; no two of one key. */
export async function compareTasks(
  db: Reader,
  projectId: number,
  rows: TaskUpsert[],
): Promise<Upserted[]> {
  const compared = await selectRows<{ id: number | null; differs: boolean }>(
    db,
    sql`
    select t.id, coalesce(${differs()}, false) as differs
    from ${given(rows)} left join tasks t on t.project_id = ${projectId} and t.external_id = r.value ->> 'external_id'
    order by r.position`,
  )
  return compared.map(({ id, differs }) => ({
    status: id === null ? 'created' : differs ? 'updated' : 'unchanged',
    id: id === null ? null : Number(id),
  }))
}

/** Creates or changes the tasks of these keys, in their order; no two of one key. Counters first, then the
 *  tasks, as everybody locks them: what an answer changes meanwhile is seen, and counted once. */
export async function storeTasks(
  tx: Writer,
  projectId: number,
  rows: TaskUpsert[],
): Promise<Upserted[]> {
  await lockCounters(tx, projectId)
  await writeRows(
    tx,
    sql`
    select 1 from tasks where project_id = ${projectId}
      and external_id in (select r.value ->> 'external_id' from ${given(rows)})
    order by id for no key update`,
  )
  const verdicts = await compareTasks(tx, projectId, rows)
  const of = (status: Upserted['status']) =>
    rows.filter((_, position) => verdicts[position]?.status === status)
  await insertTasks(tx, projectId, of('created').map(toNewTask))
  await changeTasks(tx, projectId, of('updated'))
  const ids = await findIds(tx, projectId, of('created'))
  return verdicts.map(({ status, id }, position) => ({
    status,
    id: id ?? ids.get(rows[position]?.external_id ?? '') ?? null,
  }))
}

async function changeTasks(tx: Writer, projectId: number, rows: TaskUpsert[]): Promise<void> {
  if (rows.length === 0) return
  const nAnswers = sql`coalesce((r.value ->> 'n_answers')::int, t.n_answers)`
  await followChanges(
    tx,
    projectId,
    sql`
    update tasks t set
      info = case when r.value ? 'info' then r.value -> 'info' else t.info end,
      n_answers = ${nAnswers},
      state = case when t.n_task_runs >= ${nAnswers} then 'completed' else 'ongoing' end,
      priority_0 = coalesce((r.value ->> 'priority_0')::float8, t.priority_0),
      quorum = coalesce((r.value ->> 'quorum')::int, t.quorum),
      calibration = coalesce((r.value ->> 'calibration')::int, t.calibration)
    from ${given(rows)}, tasks old
    where t.project_id = ${projectId} and t.external_id = r.value ->> 'external_id' and old.id = t.id
    returning t.id, old.state as was, t.state, old.priority_0 as was_priority, t.priority_0`,
  )
}

async function findIds(
  tx: Writer,
  projectId: number,
  rows: TaskUpsert[],
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map()
  const found = await writeRows<{ id: number; external_id: string }>(
    tx,
    sql`select id, external_id from tasks where project_id = ${projectId}
      and external_id in (select r.value ->> 'external_id' from ${given(rows)})`,
  )
  return new Map(found.map((row) => [row.external_id, Number(row.id)]))
}

function given(rows: TaskUpsert[]): SQL {
  return sql`jsonb_array_elements(${JSON.stringify(rows)}::jsonb) with ordinality as r (value, position)`
}

/** Only what a row says counts; both ways of storing nothing as `info` are the same. */
function differs(): SQL {
  return sql`(
    (r.value ? 'info' and coalesce(t.info, 'null') is distinct from r.value -> 'info')
    or (r.value ->> 'n_answers')::int <> t.n_answers
    or (r.value ->> 'priority_0')::float8 <> t.priority_0
    or (r.value ->> 'quorum')::int <> t.quorum
    or (r.value ->> 'calibration')::int <> t.calibration)`
}

function toNewTask(row: TaskUpsert) {
  return {
    info: row.info ?? null,
    nAnswers: row.n_answers,
    priority0: row.priority_0,
    quorum: row.quorum,
    calibration: row.calibration,
    externalId: row.external_id,
  }
}
