import { announcementRows } from '@manyhands/shared/announcements/repository'
import { blogpostRows } from '@manyhands/shared/blogposts/repository'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
const script = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), {
    'content-type': 'application/json',
    ...headers,
  })

const SECRETS = { secretKey: 'kept-secret', webhook: 'https://hook.example/kept-secret' }
const INFO = { task_presenter: 'shown', passwd_hash: 'kept-secret', autoimporter: 'kept-secret' }

async function openProject(fields: Record<string, unknown> = {}) {
  const { user, apiKey } = await platform.make.user()
  const project = await platform.make.project({
    ownerId: user.id,
    ...SECRETS,
    info: INFO,
    ...fields,
  })
  return { user, apiKey, project, page: `/project/${project.shortName}` }
}

describe("a project's page", () => {
  it('shows scripts what everybody may see, the owner too', async () => {
    const { user, apiKey, project, page } = await openProject()
    for (const caller of [script(), script({ authorization: apiKey })]) {
      for (const path of [`${page}/`, page, `${page}/?response_format=json`]) {
        const { status, body } = await caller.get(path)
        expect([path, status]).toEqual([path, 200])
        expect(body).toMatchObject({
          template: '/projects/project.html',
          title: project.name,
          n_tasks: 0,
          n_task_runs: 0,
          n_completed_tasks: 0,
          n_volunteers: 0,
          overall_progress: 0,
          last_activity: null,
          owner: { name: user.name, locale: 'en' },
          project: {
            id: project.id,
            short_name: project.shortName,
            info: { task_presenter: 'shown' },
            owner: user.name,
            n_results: 0,
          },
        })
        expect(JSON.stringify(body)).not.toContain('kept-secret')
        expect(JSON.stringify(body)).not.toContain(user.emailAddr)
      }
    }
  })

  it('is JSON for the content type to the letter only', async () => {
    const { page } = await openProject()
    const { status } = await script({ 'content-type': 'application/json; charset=utf-8' }).get(page)
    // Without the app beside it there is no page for people.
    expect(status).toBe(404)
  })

  it('has numbers, and series once there are answers', async () => {
    const { project, page } = await openProject()
    expect((await script().get(`${page}/stats`)).body.template).toBe('/projects/non_stats.html')
    await platform.ctx.db.primary.execute(
      `update project_stats set n_tasks = 4, n_task_runs = 3, n_completed_tasks = 1,
         average_time = 1.236, info = '{"dates_stats": [1], "hours_stats": [2],
         "users_stats": {"n_anon": 1, "n_auth": 3, "users": {"label": "x"}, "anon": {"top5": []},
         "auth": {"top5": [{"name": "ann"}]}}}'
       where project_id = ${project.id}`,
    )
    const { body } = await script().get(`${page}/stats`)
    expect(body).toMatchObject({
      template: '/projects/stats.html',
      n_tasks: 4,
      overall_progress: 25,
      avg_contrib_time: 1.24,
      projectStats: { dayStats: [1], hourStats: [2], userStats: { label: 'x' } },
      userStats: {
        anonymous: { users: 1, taskruns: 1, pct_taskruns: 25, top5: [] },
        authenticated: { users: 3, taskruns: 3, pct_taskruns: 75, top5: [{ name: 'ann' }] },
      },
    })
  })

  it('lists the posts that are published', async () => {
    const { user, project, page } = await openProject()
    for (const published of [true, false]) {
      await blogpostRows.insert(platform.ctx.db.primary, {
        projectId: project.id,
        userId: user.id,
        title: published ? 'out' : 'draft',
        body: 'x',
        published,
      })
    }
    const { body } = await script().get(`${page}/blog`)
    expect(body.blogposts.map((post: { title: string }) => post.title)).toEqual(['out'])
  })

  it.each([
    ['a draft', { published: false }],
    ['a project with a password', { passwordHash: 'kept-secret' }],
  ])('of %s says nothing to strangers', async (_what, fields) => {
    const { apiKey, page } = await openProject(fields)
    const other = (await platform.make.user()).apiKey
    for (const path of [page, `${page}/stats`, `${page}/blog`]) {
      const refused = await script().get(path)
      expect([path, refused.status, refused.body]).toEqual([
        path,
        401,
        expect.objectContaining({ code: 401, status: 'failed', exception_cls: 'Unauthorized' }),
      ])
      expect((await script({ authorization: other }).get(path)).status).toBe(403)
      expect((await script({ authorization: apiKey }).get(path)).status).toBe(200)
    }
  })

  it('of an unknown project is 404 with the keys of a page and of the API', async () => {
    const { status, body } = await script().get('/project/nothing/')
    expect([status, body]).toEqual([
      404,
      expect.objectContaining({ code: 404, status_code: 404, description: body.exception_msg }),
    ])
  })
})

describe("the site's pages", () => {
  it('show featured projects, by category, without drafts and closed ones', async () => {
    const shown = await openProject({ featured: true })
    await openProject({ featured: true, published: false })
    await openProject({ featured: true, passwordHash: 'kept-secret' })
    const names = (projects: Array<{ short_name: string }>) => projects.map((p) => p.short_name)

    const home = (await script().get('/')).body
    expect([home.template, names(home.featured)]).toEqual([
      '/home/index.html',
      [shown.project.shortName],
    ])
    const featured = (await script().get('/project/category/featured/')).body
    expect([names(featured.projects), featured.count, featured.active_cat.short_name]).toEqual([
      [shown.project.shortName],
      1,
      'featured',
    ])
    expect(featured.pagination).toEqual({
      page: 1,
      per_page: 20,
      total: 1,
      next: false,
      prev: false,
    })
    const category = (await script().get('/api/category/1')).body.short_name
    const inCategory = (await script().get(`/project/category/${category}/`)).body
    expect(names(inCategory.projects)).toContain(shown.project.shortName)
    expect(JSON.stringify([home, featured, inCategory])).not.toContain('kept-secret')
    expect((await script().get('/project/category/nothing/')).status).toBe(404)
    expect((await script().get('/project/category/featured/page/9/')).status).toBe(404)
  })

  it('rank those who have answered most, and keep privacy', async () => {
    const { project } = await openProject()
    const open = await platform.make.user()
    const closed = await platform.make.user()
    const gone = await platform.make.user()
    const run = (sql: string) => platform.ctx.db.primary.execute(sql)
    await run(`update users set privacy_mode = false where id = ${open.user.id}`)
    await run(`update users set restrict = true where id = ${gone.user.id}`)
    for (const [who, count] of [
      [open, 7],
      [closed, 5],
      [gone, 99],
    ] as const) {
      await run(`insert into project_volunteers values
        (${project.id}, 'account:${who.user.id}', ${who.user.id}, ${count}, now())`)
    }
    const { body } = await script().get('/leaderboard/')
    expect(body.top_users).toEqual([
      {
        name: open.user.name,
        fullname: open.user.fullname,
        created: open.user.created,
        locale: 'en',
        rank: 1,
        score: 7,
        n_answers: null,
        registered_ago: null,
      },
      {
        name: closed.user.name,
        locale: 'en',
        rank: 2,
        score: 5,
        n_answers: null,
        registered_ago: null,
      },
    ])
    const profile = await script({ authorization: open.apiKey }).get('/account/profile')
    expect(profile.body.user).toMatchObject({ id: open.user.id, n_answers: 7 })
    expect(JSON.stringify(profile.body)).not.toContain(open.apiKey)
  })

  it('tell somebody without account where to sign in', async () => {
    const { status, body } = await script().get('/account/profile')
    expect([status, body]).toEqual([200, { next: '/account/signin', status: 'not_signed_in' }])
  })

  it('list the announcements that are published', async () => {
    for (const published of [true, false]) {
      await announcementRows.insert(platform.ctx.db.primary, {
        title: published ? 'out' : 'draft',
        body: 'x',
        published,
      })
    }
    const { body } = await script().get('/announcements/')
    expect(body.announcements.map((each: { title: string }) => each.title)).toEqual(['out'])
  })
})

describe('an old address', () => {
  it.each([
    ['/app', '/project'],
    ['/app/flickr/task/3?x=1', '/project/flickr/task/3?x=1'],
    ['/api/app?short_name=a%20b', '/api/project?short_name=a%20b'],
    ['/api/app/3', '/api/project/3'],
  ])('%s leads to %s for good', async (old, now) => {
    const read = await script().get(old)
    expect([read.status, read.headers.get('location')]).toEqual([301, now])
    const write = await script().post(old, {})
    expect([write.status, write.headers.get('location')]).toEqual([308, now])
  })

  it('of the progress is no redirect', async () => {
    const { project } = await openProject()
    expect((await script().get(`/api/app/${project.id}/userprogress`)).status).toBe(200)
  })
})
