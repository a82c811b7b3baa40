import { and, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { ListScope } from '../db/list-rows.ts'
import { projects } from './table.ts'
import { readableProjects, type Viewer } from './visibility.ts'

/** Restricts a list of tasks, task runs or results to the projects whose own data `viewer` may see, and
 *  with `ownerId` to those of that account. `projectId` is the list's own column. */
export function listScope(projectId: PgColumn, viewer: Viewer, ownerId?: number): ListScope {
  const owned = ownerId === undefined ? undefined : sql`${projects.ownerId} = ${ownerId}`
  return {
    column: projectId,
    parents: projects,
    parentId: projects.id,
    condition: and(readableProjects(viewer), owned),
    narrow: ownerId !== undefined,
  }
}

/** The same as a condition, for a query that is not `listRows`. */
export function projectScope(projectId: PgColumn, viewer: Viewer, ownerId?: number): SQL {
  const { condition } = listScope(projectId, viewer, ownerId)
  return sql`exists (select 1 from ${projects} where ${projects.id} = ${projectId} and ${condition})`
}
