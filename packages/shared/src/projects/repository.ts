import { and, eq, sql } from 'drizzle-orm'
import type { ListQuery } from '../db/list.ts'
import { type Listed, listRows } from '../db/list-rows.ts'
import type { Reader, Writer } from '../db/types.ts'
import { results } from '../results/table.ts'
import { type ProjectRow, projects } from './table.ts'
import { notTrashed, type Viewer, visibleProjects } from './visibility.ts'

export type NewProject = Pick<
  ProjectRow,
  'name' | 'shortName' | 'description' | 'ownerId' | 'categoryId'
> &
  Partial<ProjectRow>

/** Not one in the trash: there it is gone for everybody. */
export async function findProject(db: Reader, id: number): Promise<ProjectRow | undefined> {
  const [row] = await db
    .select()
    .from(projects)
    .where(and(eq(projects.id, id), notTrashed))
  return row
}

export async function findProjectByShortName(
  db: Reader,
  shortName: string,
): Promise<ProjectRow | undefined> {
  const [row] = await db
    .select()
    .from(projects)
    .where(and(eq(projects.shortName, shortName), notTrashed))
  return row
}

/** Locks the project until `tx` ends, so that two changes of it do not miss each other. Answers go on:
 *  their foreign keys need the row's key only. */
export async function lockProject(tx: Writer, id: number): Promise<ProjectRow | undefined> {
  const [row] = await tx
    .select()
    .from(projects)
    .where(and(eq(projects.id, id), notTrashed))
    .for('no key update')
  return row
}

/** Throws a unique violation for a name that is taken. */
export async function insertProject(tx: Writer, project: NewProject): Promise<ProjectRow> {
  const [row] = await tx
    .insert(projects)
    .values({ ...project, ownersIds: [project.ownerId] })
    .returning()
  if (!row) throw new Error('insert returned no row')
  return row
}

export async function updateProject(
  tx: Writer,
  id: number,
  change: Partial<Omit<ProjectRow, 'id'>>,
): Promise<ProjectRow | undefined> {
  const [row] = await tx
    .update(projects)
    .set({ ...change, updated: sql`clock_timestamp()` as unknown as string })
    .where(eq(projects.id, id))
    .returning()
  return row
}

export async function deleteProject(tx: Writer, id: number): Promise<void> {
  await tx.delete(projects).where(eq(projects.id, id))
}

export async function hasResults(db: Reader, projectId: number): Promise<boolean> {
  const rows = await db
    .select({ id: results.id })
    .from(results)
    .where(and(eq(results.projectId, projectId), eq(results.lastVersion, true)))
    .limit(1)
  return rows.length > 0
}

/** A page of projects that `viewer` may see; with `ownerId` only those of that account. */
export function listProjects(
  db: Reader,
  query: ListQuery,
  viewer: Viewer,
  ownerId?: number,
): Promise<Array<Listed<ProjectRow>>> {
  const owned = ownerId === undefined ? undefined : eq(projects.ownerId, ownerId)
  return listRows(db, projects, query, undefined, and(visibleProjects(viewer), owned))
}
