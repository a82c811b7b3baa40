import { and, eq, gt, ilike, or, type SQL, sql } from 'drizzle-orm'
import { type CategoryRow, categories } from '../categories/table.ts'
import { selectRows } from '../db/raw.ts'
import type { Reader } from '../db/types.ts'
import { type ProjectStatsRow, projectStats, projectVolunteers } from '../stats/table.ts'

import type { PlatformTotals, ProjectFilter } from './contract.ts'
import { type ProjectRow, projects } from './table.ts'
import { inTrash, notTrashed, openToAll, ownedBy, type Viewer } from './visibility.ts'

export interface CatalogueRow {
  project: ProjectRow
  category: CategoryRow
  stats: ProjectStatsRow | null
  doneByMe: number
}

export interface CatalogueQuery
  extends Pick<ProjectFilter, 'search' | 'category' | 'sort' | 'scope'> {
  viewer: Viewer
  volunteerKey: string
  limit: number
  offset: number
}

const mine = (volunteerKey: string) =>
  sql<number>`coalesce((select ${projectVolunteers.nTaskRuns} from ${projectVolunteers}
    where ${projectVolunteers.projectId} = ${projects.id} and ${projectVolunteers.volunteerKey} = ${volunteerKey}), 0)`

/** Projects as the app browses them, with their numbers, in one query. */
export function listCatalogue(db: Reader, q: CatalogueQuery): Promise<CatalogueRow[]> {
  return db
    .select({
      project: projects,
      category: categories,
      stats: projectStats,
      doneByMe: mine(q.volunteerKey).mapWith(Number),
    })
    .from(projects)
    .innerJoin(categories, eq(categories.id, projects.categoryId))
    .leftJoin(projectStats, eq(projectStats.projectId, projects.id))
    .where(
      and(
        scope(q),
        matching(q.search),
        q.category ? eq(categories.shortName, q.category) : undefined,
      ),
    )
    .orderBy(...order(q.sort))
    .limit(q.limit)
    .offset(q.offset)
}

/** What people see when they browse is published, whoever they are; their own has its own scope. */
function scope(q: CatalogueQuery): SQL | undefined {
  if (q.scope === 'mine' || q.scope === 'trash') {
    if (q.viewer.userId === null) return sql`false`
    return and(q.scope === 'mine' ? notTrashed : inTrash, ownedBy(q.viewer.userId))
  }
  const open = and(notTrashed, openToAll)
  return q.scope === 'contributed' ? and(open, gt(mine(q.volunteerKey), 0)) : open
}

function matching(search: string | undefined): SQL | undefined {
  if (!search) return undefined
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return or(ilike(projects.name, pattern), ilike(projects.description, pattern))
}

function order(sort: ProjectFilter['sort']): SQL[] {
  const newestFirst = sql`${projects.id} desc`
  const share = sql`coalesce(${projectStats.nCompletedTasks}::float8 / nullif(${projectStats.nTasks}, 0), 0)`
  const finished = sql`(${share} >= 1)`
  switch (sort) {
    case 'newest':
      return [newestFirst]
    case 'active':
      return [sql`${projectStats.lastActivity} desc nulls last`, newestFirst]
    case 'nearly_done':
      return [finished, sql`${share} desc`, newestFirst]
    case 'needs_help':
      return [finished, share, newestFirst]
    default:
      return [sql`${projects.featured} desc`, finished, newestFirst]
  }
}

/** The platform's totals, from the projects' own numbers; a volunteer of two projects is one. */
export async function readPlatformTotals(db: Reader): Promise<PlatformTotals> {
  const [row] = await selectRows<PlatformTotals>(
    db,
    sql`
    select count(*)::int as n_projects,
      coalesce(sum(${projectStats.nTaskRuns}), 0)::int as n_task_runs,
      (select count(distinct ${projectVolunteers.volunteerKey})::int from ${projectVolunteers}) as n_volunteers,
      coalesce(sum(${projectStats.nCompletedTasks}), 0)::int as n_completed_tasks
    from ${projects} join ${projectStats} on ${projectStats.projectId} = ${projects.id}
    where ${openToAll} and ${notTrashed}`,
  )
  return row ?? { n_projects: 0, n_task_runs: 0, n_volunteers: 0, n_completed_tasks: 0 }
}
