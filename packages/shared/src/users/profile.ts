import { and, eq, type SQL, sql } from 'drizzle-orm'
import { categories } from '../categories/table.ts'
import type { Reader } from '../db/types.ts'
import type { CatalogueRow } from '../projects/catalogue.ts'
import { projects } from '../projects/table.ts'
import { notTrashed, openToAll } from '../projects/visibility.ts'
import { projectStats, projectVolunteers } from '../stats/table.ts'

/** Projects that are open to all and that somebody has made, the newest first. */
export function listProjectsCreatedBy(
  db: Reader,
  userId: number,
  limit: number,
): Promise<CatalogueRow[]> {
  return cards(db)
    .where(and(openToAll, notTrashed, eq(projects.ownerId, userId)))
    .orderBy(sql`${projects.id} desc`)
    .limit(limit)
}

/** Projects that are open to all and that somebody has answered in, the latest first. */
export function listProjectsAnsweredBy(
  db: Reader,
  userId: number,
  limit: number,
): Promise<CatalogueRow[]> {
  return cards(db)
    .innerJoin(
      projectVolunteers,
      and(eq(projectVolunteers.projectId, projects.id), eq(projectVolunteers.userId, userId)),
    )
    .where(and(openToAll, notTrashed))
    .orderBy(sql`${projectVolunteers.lastActivity} desc`)
    .limit(limit)
}

/** As the catalogue shows them, but that whoever looks has done nothing is all that it says of them. */
function cards(db: Reader) {
  const none: SQL<number> = sql<number>`0`.mapWith(Number)
  return db
    .select({ project: projects, category: categories, stats: projectStats, doneByMe: none })
    .from(projects)
    .innerJoin(categories, eq(categories.id, projects.categoryId))
    .leftJoin(projectStats, eq(projectStats.projectId, projects.id))
    .$dynamic()
}
