import { and, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { projects } from './table.ts'
import { readableProjects, type Viewer } from './visibility.ts'

/** Restricts a list of tasks, task runs or results to the projects whose own data `viewer` may see, and
 *  with `ownerId` to those of that account. `projectId` is the list's own column. */
export function projectScope(projectId: PgColumn, viewer: Viewer, ownerId?: number): SQL {
  const owned = ownerId === undefined ? undefined : sql`${projects.ownerId} = ${ownerId}`
  return sql`exists (select 1 from ${projects} where ${projects.id} = ${projectId}
    and ${and(readableProjects(viewer), owned)})`
}
