import { announcementList } from '@manyhands/shared/announcements/list-shape'
import { announcementRows } from '@manyhands/shared/announcements/repository'
import { toAnnouncementView } from '@manyhands/shared/announcements/view'
import { categoryList } from '@manyhands/shared/categories/list-shape'
import { listCategories } from '@manyhands/shared/categories/repository'
import { parseListQuery } from '@manyhands/shared/db/list'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { countOpenProjects, listOpenProjects } from '@manyhands/shared/projects/open-projects'
import { countAnswersOfUser, listBusiestUsers } from '@manyhands/shared/stats/contributions'
import { findUser } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'
import { pagination, toPublicCategory, toPublicProject, toPublicUser } from './page-views.ts'

const PER_PAGE = 20
const LEADERS = 20
/** Browsing ends somewhere, as in the app. */
const LAST_PAGE = 500

/** `/`: the featured projects. */
export async function readHomePage(ctx: ServiceContext) {
  const featured = await listProjects(ctx, { featured: true }, 1)
  return { template: '/home/index.html', featured }
}

/** `/project/category/<short_name>/`, `featured` being one of them. Throws NotFoundError. */
export async function readCategoryPage(ctx: ServiceContext, shortName: string, page: number) {
  const query = parseListQuery(categoryList, { limit: '100' }, true)
  const all = await ctx.read((db) => listCategories(db, query))
  const known = all.map(toPublicCategory)
  const active = [FEATURED, ...known].find((category) => category.short_name === shortName)
  if (!active || page > LAST_PAGE) throw new NotFoundError('category', shortName)
  const filter = active === FEATURED ? { featured: true } : { categoryId: active.id }
  const [projects, count] = await Promise.all([
    listProjects(ctx, filter, page),
    ctx.read((db) => countOpenProjects(db, filter)),
  ])
  if (page > 1 && projects.length === 0) throw new NotFoundError('page', page)
  return {
    template: '/projects/index.html',
    title: active.name,
    active_cat: active,
    categories: [FEATURED, ...known],
    projects,
    count,
    pagination: pagination(page, PER_PAGE, count),
  }
}

/** `/leaderboard/`: who has given most answers. */
export async function readLeaderboardPage(ctx: ServiceContext) {
  const leaders = await ctx.cache.get(
    { key: 'leaderboard-page', freshMs: 60_000, staleMs: 600_000, tags: ['accounts'] },
    async () => {
      const rows = await ctx.db.read((db) => listBusiestUsers(db, LEADERS))
      // What is kept is what everybody may see: no row of an account goes to the cache.
      return rows.map(({ user, score }) => ({ ...toPublicUser(user), score }))
    },
  )
  return {
    template: '/stats/index.html',
    title: 'Community Leaderboard',
    top_users: leaders.map((leader, at) => ({
      ...leader,
      rank: at + 1,
      n_answers: null,
      registered_ago: null,
    })),
  }
}

/** `/announcements/`: what is published, newest first. */
export async function readAnnouncementsPage(ctx: ServiceContext) {
  const query = parseListQuery(announcementList, { published: 'true', desc: 'true' }, true)
  const rows = await ctx.read((db) => announcementRows.list(db, query))
  return { template: '/announcements/index.html', announcements: rows.map(toAnnouncementView) }
}

/** `/account/profile`: the caller's own, without anything secret; somebody without account is told where
 *  to sign in. */
export async function readProfilePage(ctx: ServiceContext) {
  const { userId } = ctx.caller
  const user = userId === null ? undefined : await ctx.read((db) => findUser(db, userId))
  if (!user) return { next: '/account/signin', status: 'not_signed_in' }
  const { id, name, fullname, created, locale, emailAddr } = user
  return {
    template: '/account/profile.html',
    title: 'Profile',
    can_update: true,
    user: {
      id,
      name,
      fullname,
      created,
      locale,
      email_addr: emailAddr,
      n_answers: await ctx.read((db) => countAnswersOfUser(db, id)),
    },
  }
}

const FEATURED = {
  id: null,
  name: 'Featured',
  short_name: 'featured',
  description: 'Featured projects',
}

async function listProjects(
  ctx: ServiceContext,
  filter: Parameters<typeof listOpenProjects>[1],
  page: number,
) {
  const rows = await ctx.read((db) => listOpenProjects(db, filter, PER_PAGE, (page - 1) * PER_PAGE))
  const publicFields = ctx.config.PROJECT_INFO_PUBLIC_FIELDS
  return rows.map(({ project, stats, owner }) =>
    toPublicProject(project, stats, owner, publicFields),
  )
}
