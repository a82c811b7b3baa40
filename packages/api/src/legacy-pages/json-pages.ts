import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { readBlogPage, readProjectPage, readStatsPage } from './project-pages.ts'
import {
  readAnnouncementsPage,
  readCategoryPage,
  readHomePage,
  readLeaderboardPage,
  readProfilePage,
} from './site-pages.ts'
import { inJson } from './wants-json.ts'

/** What scripts read of the original's pages: the data that its templates got, as far as everybody may
 *  have them (behaviour.md sections 1.0 and 1.1). People get the app at the same addresses. */
export function jsonPages(...middleware: MiddlewareHandler<Env>[]) {
  const page = (read: (c: Context<Env>) => Promise<object>) => inJson(middleware, read)
  const name = (c: Context<Env>) => c.req.param('name') ?? ''
  const category = page((c) =>
    readCategoryPage(c.var.ctx, name(c), Math.max(1, Number(c.req.param('page') ?? 1))),
  )
  const project = page((c) => readProjectPage(c.var.ctx, name(c)))
  return new Hono<Env>()
    .get(
      '/',
      page((c) => readHomePage(c.var.ctx)),
    )
    .get(
      '/leaderboard/',
      page((c) => readLeaderboardPage(c.var.ctx)),
    )
    .get(
      '/announcements/',
      page((c) => readAnnouncementsPage(c.var.ctx)),
    )
    .get(
      '/account/profile',
      page((c) => readProfilePage(c.var.ctx)),
    )
    .get('/project/category/:name/', category)
    .get('/project/category/:name/page/:page{[0-9]{1,6}}/', category)
    .get('/project/:name/', project)
    .get('/project/:name', project)
    .get(
      '/project/:name/stats',
      page((c) => readStatsPage(c.var.ctx, name(c))),
    )
    .get(
      '/project/:name/blog',
      page((c) => readBlogPage(c.var.ctx, name(c))),
    )
}
