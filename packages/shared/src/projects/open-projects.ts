import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../db/types.ts'
import { type ProjectStatsRow, projectStats } from '../stats/table.ts'
import { type UserRow, users } from '../users/table.ts'
import { type ProjectRow, projects } from './table.ts'
import { notTrashed, openToAll } from './visibility.ts'

/** Which of the projects that are open to everybody. */
export interface OpenFilter {
  featured?: boolean
  categoryId?: number | null
}

/** Published projects without a password whose creator is not shut out, newest first. */
export function listOpenProjects(
  db: Reader,
  filter: OpenFilter,
  limit: number,
  offset: number,
): Promise<Array<{ project: ProjectRow; stats: ProjectStatsRow | null; owner: UserRow }>> {
  return db
    .select({ project: projects, stats: projectStats, owner: users })
    .from(projects)
    .innerJoin(users, eq(users.id, projects.ownerId))
    .leftJoin(projectStats, eq(projectStats.projectId, projects.id))
    .where(open(filter))
    .orderBy(desc(projects.id))
    .limit(limit)
    .offset(offset)
}

export async function countOpenProjects(db: Reader, filter: OpenFilter): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(projects)
    .innerJoin(users, eq(users.id, projects.ownerId))
    .where(open(filter))
  return row?.n ?? 0
}

function open({ featured, categoryId }: OpenFilter): SQL | undefined {
  return and(
    openToAll,
    notTrashed,
    sql`not ${users.restrict}`,
    featured ? sql`${projects.featured}` : undefined,
    categoryId ? eq(projects.categoryId, categoryId) : undefined,
  )
}
