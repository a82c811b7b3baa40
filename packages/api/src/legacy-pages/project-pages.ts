import { blogpostList } from '@manyhands/shared/blogposts/list-shape'
import { blogpostRows } from '@manyhands/shared/blogposts/repository'
import { toBlogpostView } from '@manyhands/shared/blogposts/view'
import { parseListQuery } from '@manyhands/shared/db/list'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import type { ProjectStatsRow } from '@manyhands/shared/stats/table'
import { toProjectStatsView } from '@manyhands/shared/stats/view'
import { findUser } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'
import { getProjectByName } from '../projects/cached-project.ts'
import { numbersOf, toPublicProject, toPublicUser } from './page-views.ts'

/** `/project/<short_name>/`. Throws NotFoundError, and what a draft or a project with a password answers
 *  to strangers: as the other pages of a project here. */
export async function readProjectPage(ctx: ServiceContext, shortName: string) {
  const { bundle, project } = await readBundle(ctx, shortName)
  return { template: '/projects/project.html', title: project.name, ...bundle }
}

/** `/project/<short_name>/stats` (behaviour.md section 7.2). */
export async function readStatsPage(ctx: ServiceContext, shortName: string) {
  const { bundle, project, stats } = await readBundle(ctx, shortName)
  const title = `${project.name} - Statistics`
  if (!stats || stats.nTasks === 0 || stats.nTaskRuns === 0) {
    return { template: '/projects/non_stats.html', title, ...bundle }
  }
  const { dates_stats, hours_stats, users_stats } = toProjectStatsView(stats).info as SeriesOfStats
  return {
    template: '/projects/stats.html',
    title,
    ...bundle,
    avg_contrib_time: Math.round(stats.averageTime * 100) / 100,
    projectStats: {
      dayStats: dates_stats ?? [],
      hourStats: hours_stats ?? [],
      userStats: users_stats?.users ?? {},
      userAnonStats: users_stats?.anon ?? {},
      userAuthStats: users_stats?.auth ?? {},
    },
    userStats: sharesOf(users_stats),
  }
}

/** `/project/<short_name>/blog`: what is published, newest first. */
export async function readBlogPage(ctx: ServiceContext, shortName: string) {
  const { bundle, project } = await readBundle(ctx, shortName)
  const query = parseListQuery(
    blogpostList,
    { project_id: String(project.id), published: 'true', desc: 'true', limit: '100' },
    true,
  )
  const posts = await ctx.read((db) => blogpostRows.list(db, query))
  return { template: '/projects/blog.html', ...bundle, blogposts: posts.map(toBlogpostView) }
}

interface SeriesOfStats {
  dates_stats?: unknown
  hours_stats?: unknown
  users_stats?: {
    n_anon?: number
    n_auth?: number
    users?: unknown
    anon?: { top5?: unknown }
    auth?: { top5?: unknown }
  }
}

function sharesOf(users: SeriesOfStats['users_stats']) {
  const [anonymous, authenticated] = [users?.n_anon ?? 0, users?.n_auth ?? 0]
  const share = (count: number) =>
    anonymous + authenticated === 0 ? 0 : Math.round((count * 100) / (anonymous + authenticated))
  const of = (count: number, top5: unknown) => ({
    users: count,
    taskruns: count,
    pct_taskruns: share(count),
    top5: top5 ?? [],
  })
  return {
    anonymous: of(anonymous, users?.anon?.top5),
    authenticated: of(authenticated, users?.auth?.top5),
  }
}

async function readBundle(
  ctx: ServiceContext,
  shortName: string,
): Promise<{ bundle: object; project: ProjectRow; stats: ProjectStatsRow | undefined }> {
  const project = await getProjectByName(ctx, shortName)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return await ctx.read(async (db) => {
    const [stats, owner] = await Promise.all([
      findProjectStats(db, project.id),
      findUser(db, project.ownerId),
    ])
    const publicFields = ctx.config.PROJECT_INFO_PUBLIC_FIELDS
    const bundle = {
      project: toPublicProject(project, stats, owner, publicFields),
      owner: toPublicUser(owner),
      ...numbersOf(stats),
    }
    return { bundle, project, stats }
  })
}
