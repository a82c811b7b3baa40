import { eq, sql } from 'drizzle-orm'
import { categories } from '../categories/table.ts'
import { selectRows } from '../db/raw.ts'
import type { Reader, Writer } from '../db/types.ts'
import { projects } from '../projects/table.ts'
import { notTrashed, openToAll } from '../projects/visibility.ts'
import { projectStats, projectVolunteers } from '../stats/table.ts'
import { tasks } from '../tasks/table.ts'
import { users } from '../users/table.ts'
import type { GlobalStats } from './contract.ts'
import { globalStats } from './table.ts'

const ONLY = 1

export async function findGlobalStats(db: Reader): Promise<GlobalStats | undefined> {
  const [row] = await db.select().from(globalStats).where(eq(globalStats.id, ONLY))
  return row?.figures
}

export async function saveGlobalStats(db: Writer, figures: GlobalStats): Promise<void> {
  const row = { measured: sql`clock_timestamp()` as unknown as string, figures }
  await db
    .insert(globalStats)
    .values({ id: ONLY, ...row })
    .onConflictDoUpdate({ target: globalStats.id, set: row })
}

/** Counts over all projects that are not in the trash. Reads every task: for the worker. */
export async function measureGlobalStats(db: Reader): Promise<GlobalStats> {
  const [row] = await selectRows<Totals>(
    db,
    sql`
    with ours as (select ${projects.id}, ${projects.published}, ${projects.featured} from ${projects} where ${notTrashed})
    select
      (select count(*) from ours)::float8 as n_projects,
      (select count(*) from ours where not published)::float8 as n_drafts,
      (select count(*) from ours where published and featured)::float8 as n_featured,
      ((select count(*) from ${users}) + (
        select count(distinct ${projectVolunteers.volunteerKey}) from ${projectVolunteers}
        where ${projectVolunteers.volunteerKey} ~ '^(browser|address):'
      ))::float8 as n_users,
      (select coalesce(sum(${tasks.nAnswers}), 0) from ${tasks}
        where ${tasks.projectId} in (select id from ours))::float8 as n_tasks,
      coalesce(sum(${projectStats.nTaskRuns}), 0)::float8 as n_task_runs,
      coalesce(sum(${projectStats.nResults}), 0)::float8 as n_results
    from ${projectStats} where ${projectStats.projectId} in (select id from ours)`,
  )
  if (!row) throw new Error('an aggregate without a row')
  const { n_drafts, n_featured, ...totals } = row
  return {
    ...totals,
    n_pending_tasks: totals.n_tasks - totals.n_task_runs,
    categories: [...(await countByCategory(db)), { featured: n_featured }, { draft: n_drafts }],
  }
}

async function countByCategory(db: Reader): Promise<Array<Record<string, number>>> {
  const rows = await selectRows<{ short_name: string; n: number }>(
    db,
    sql`
    select ${categories.shortName} as short_name, count(*) filter (where ${openToAll})::int as n
    from ${categories} join ${projects} on ${projects.categoryId} = ${categories.id}
    where ${notTrashed} group by ${categories.id} order by ${categories.id}`,
  )
  return rows.map(({ short_name, n }) => ({ [short_name]: n }))
}

interface Totals {
  n_projects: number
  n_drafts: number
  n_featured: number
  n_users: number
  n_tasks: number
  n_task_runs: number
  n_results: number
}
