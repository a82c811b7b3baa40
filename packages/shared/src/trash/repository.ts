import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { writeRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { type ProjectRow, projects } from '../projects/table.ts'
import { inTrash } from '../projects/visibility.ts'

/** A project in the trash. Its names stay taken, so that it can always come back under them. */
export async function findTrashedProject(
  db: Reader,
  shortName: string,
): Promise<ProjectRow | undefined> {
  const [row] = await db
    .select()
    .from(projects)
    .where(and(eq(projects.shortName, shortName), inTrash))
  return row
}

export async function lockTrashedProject(tx: Writer, id: number): Promise<ProjectRow | undefined> {
  const [row] = await tx
    .select()
    .from(projects)
    .where(and(eq(projects.id, id), inTrash))
    .for('no key update')
  return row
}

/** Gives a project up for good: nobody can take it back, and its names are free at once, though its rows
 *  take a while to go. */
export async function condemnProject(tx: Writer, id: number): Promise<void> {
  // A slash is in no short name, so this one is nobody's.
  const nobodys = sql`'purged/' || id`
  await tx
    .update(projects)
    .set({
      name: nobodys,
      shortName: nobodys,
      trashed: sql`'epoch'::timestamptz`,
      webhook: null,
    })
    .where(eq(projects.id, id))
}

/** Projects to delete for good: in the trash for so many days, or given up. */
export function listOverdueProjects(
  db: Reader,
  days: number,
  limit: number,
): Promise<Array<Pick<ProjectRow, 'id' | 'name' | 'shortName' | 'trashed'>>> {
  return db
    .select({
      id: projects.id,
      name: projects.name,
      shortName: projects.shortName,
      trashed: projects.trashed,
    })
    .from(projects)
    .where(overdue(days))
    .orderBy(asc(projects.id))
    .limit(limit)
}

export async function isOverdue(db: Reader, id: number, days: number): Promise<boolean> {
  const rows = await db
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.id, id), overdue(days)))
  return rows.length > 0
}

function overdue(days: number): SQL {
  return sql`${projects.trashed} < clock_timestamp() - ${days} * interval '1 day'`
}

/** What a project has by the million, in the order in which it may go. */
const CONTENTS = ['results', 'task_runs', 'tasks', 'webhook_deliveries'] as const
const ROWS = 5_000

/** Deletes some rows of a project; false once there are none. A large project deleted in one statement
 *  would hold its locks for minutes. */
export async function deleteSomeContents(db: Writer, projectId: number): Promise<boolean> {
  for (const table of CONTENTS) {
    const name = sql.identifier(table)
    const rows = await writeRows(
      db,
      sql`delete from ${name} where id in (
        select id from ${name} where project_id = ${projectId} limit ${ROWS}) returning 1`,
    )
    if (rows.length > 0) return true
  }
  const archived = await writeRows(
    db,
    sql`delete from archived_rows where ctid = any(array(
      select r.ctid from archived_rows r join archives a on a.id = r.archive_id
      where a.project_id = ${projectId} limit ${ROWS})) returning 1`,
  )
  return archived.length > 0
}
