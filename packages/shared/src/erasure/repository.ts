import { and, asc, eq, isNotNull, type SQL, sql } from 'drizzle-orm'
import { selectRows, writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { projects } from '../projects/table.ts'
import { lockProjectStats } from '../stats/count-task-runs.ts'
import { TASK_RUN_STORED } from '../task-runs/events.ts'
import { users } from '../users/table.ts'
import { accountVolunteer } from '../volunteers/identity.ts'
import { pseudonym } from './pseudonym.ts'

/** An account that was erased and whose row is still there. */
export interface Erased {
  id: number
  salt: string
}

export async function findErased(db: Reader, userId: number): Promise<Erased | undefined> {
  const [row] = await db
    .select({ id: users.id, info: users.info })
    .from(users)
    .where(and(eq(users.id, userId), isNotNull(users.erased)))
  return row && { id: row.id, salt: String(row.info.erasure_salt) }
}

/** Erased accounts whose job has had `seconds`, oldest first. */
export async function listUnfinished(
  db: Reader,
  seconds: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .select({ id: users.id })
    .from(users)
    .where(sql`${users.erased} < now() - make_interval(secs => ${seconds})`)
    .orderBy(asc(users.id))
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Projects that an account owns, in the trash too: somebody else must have them before it can go. */
export function listOwnedProjects(
  db: Reader,
  userId: number,
  limit: number,
): Promise<Array<{ shortName: string; trashed: string | null }>> {
  return db
    .select({ shortName: projects.shortName, trashed: projects.trashed })
    .from(projects)
    .where(eq(projects.ownerId, userId))
    .orderBy(asc(projects.id))
    .limit(limit)
}

/** Makes at most `limit` answers nobody's; returns how many. */
export async function disownTaskRuns(db: Writer, who: Erased, limit: number): Promise<number> {
  return count(
    db,
    sql`
    update task_runs t set user_id = null, user_ip = null,
      volunteer_key = ${pseudonym(who.salt, sql`t.project_id`)}
    where t.id in (select id from task_runs where user_id = ${who.id} order by id limit ${limit})
    returning 1`,
  )
}

export async function removeFavourites(db: Writer, who: Erased, limit: number): Promise<number> {
  return count(
    db,
    sql`
    update tasks set fav_user_ids = array_remove(fav_user_ids, ${who.id}::int)
    where id in (select id from tasks where fav_user_ids @> array[${who.id}]::int[] limit ${limit})
    returning 1`,
  )
}

/** What was changed stays written down; by whom, no longer. */
export async function renameInAuditLog(db: Writer, who: Erased, limit: number): Promise<number> {
  return count(
    db,
    sql`
    update audit_log set user_name = 'erased'
    where id in (select id from audit_log where user_id = ${who.id} and user_name <> 'erased'
      order by id limit ${limit})
    returning 1`,
  )
}

export async function disownArchivedRuns(db: Writer, who: Erased, limit: number): Promise<number> {
  return count(
    db,
    sql`
    update archived_rows a set content = a.content || '{"user_id": null, "user_ip": null}'
    from (select archive_id, kind, row_id from archived_rows
      where kind = 'task_run' and content ->> 'user_id' = ${String(who.id)} limit ${limit}) batch
    where a.archive_id = batch.archive_id and a.kind = batch.kind and a.row_id = batch.row_id
    returning 1`,
  )
}

async function count(db: Writer, statement: SQL): Promise<number> {
  return (await writeRows(db, statement)).length
}

/** Gives at most `limit` projects' count of this volunteer to the pseudonym, and has their statistics made
 *  anew: they name accounts. `busy`: somebody else holds the counters of some. */
export async function disownCounters(
  db: Writer,
  who: Erased,
  limit: number,
): Promise<{ projectIds: number[]; busy: boolean }> {
  return db.transaction(async (tx) => {
    const found = await selectRows<{ project_id: number }>(
      tx,
      sql`select project_id from project_volunteers where user_id = ${who.id} order by project_id limit ${limit}`,
    )
    const wanted = found.map(({ project_id }) => project_id)
    const { locked } = await lockProjectStats(tx, wanted)
    const projectIds = [...locked]
    if (projectIds.length > 0) await moveCounters(tx, who, projectIds)
    return { projectIds, busy: locked.size < wanted.length }
  })
}

async function moveCounters(tx: Writer, who: Erased, projectIds: number[]): Promise<void> {
  // The pseudonym may be there already, when the statistics were refreshed meanwhile.
  await tx.execute(sql`
    with old as (
      delete from project_volunteers where user_id = ${who.id} and project_id in ${projectIds}
      returning project_id, n_task_runs, last_activity
    )
    insert into project_volunteers as v (project_id, volunteer_key, user_id, n_task_runs, last_activity)
    select project_id, ${pseudonym(who.salt, sql`project_id`)}, null, n_task_runs, last_activity from old
    on conflict (project_id, volunteer_key) do update set
      n_task_runs = v.n_task_runs + excluded.n_task_runs,
      last_activity = greatest(v.last_activity, excluded.last_activity)`)
  // Without the mark of its last refresh a project is due, and whatever is being measured now is void.
  await tx.execute(sql`
    update project_stats s set info = s.info - 'refreshed',
      n_volunteers = (select count(*) from project_volunteers v where v.project_id = s.project_id)
    where s.project_id in ${projectIds}`)
}

/** Deletes the row, when nothing is left of the account: false when something still is, or somebody holds
 *  it just now. An answer that was under way when the account was stripped is waited for: it holds the
 *  row until it is committed, and none begins after. */
export async function finishErasure(db: Writer, who: Erased): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await writeRows(tx, sql`select 1 from users where id = ${who.id} for update`)
    if (rows.length === 0) return true
    if (!(await renameInOutbox(tx, who)) || (await isLeft(tx, who))) return false
    await tx.delete(users).where(eq(users.id, who.id))
    return true
  })
}

/** Answers that the relay has not counted yet. False when a relay holds some of them: waiting for it
 *  could be waiting for each other. */
async function renameInOutbox(tx: Writer, who: Erased): Promise<boolean> {
  const isTheirs = sql`topic = ${TASK_RUN_STORED} and payload ->> 'volunteerKey' = ${accountVolunteer(who.id).key}`
  const all = await selectRows<{ id: number }>(tx, sql`select id from outbox where ${isTheirs}`)
  const held = await writeRows<{ id: number }>(
    tx,
    sql`select id from outbox where ${isTheirs} for update skip locked`,
  )
  if (held.length < all.length) return false
  if (held.length === 0) return true
  const name = pseudonym(who.salt, sql`payload ->> 'projectId'`)
  await tx.execute(sql`
    update outbox set payload = payload || jsonb_build_object('volunteerKey', ${name}, 'userId', null)
    where id in ${held.map(({ id }) => Number(id))}`)
  return true
}

async function isLeft(tx: Writer, who: Erased): Promise<boolean> {
  const rows = await selectRows(
    tx,
    sql`
    select 1 where exists (select 1 from task_runs where user_id = ${who.id})
      or exists (select 1 from project_volunteers where user_id = ${who.id})`,
  )
  return rows.length > 0
}
