import { announcements } from '@manyhands/shared/announcements/table'
import { blogposts } from '@manyhands/shared/blogposts/table'
import { categories } from '@manyhands/shared/categories/table'
import { helpingMaterials } from '@manyhands/shared/helping-materials/table'
import { pages } from '@manyhands/shared/pages/table'
import { updateProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { results } from '@manyhands/shared/results/table'
import { hashPassword } from '@manyhands/shared/secrets/passwords'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { taskRuns } from '@manyhands/shared/task-runs/table'
import { tasks } from '@manyhands/shared/tasks/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { updateUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from './app.ts'

/** Who calls. A pass-holder is a browser without account that has given the project's password, where it
 *  has one. */
const ROLES = [
  'anonymous',
  'passHolder',
  'stranger',
  'contributor',
  'tester',
  'coOwner',
  'owner',
  'pro',
  'subadmin',
  'admin',
] as const
type Role = (typeof ROLES)[number]

const STATES = ['draft', 'published', 'protected'] as const
type State = (typeof STATES)[number]

const EVERYBODY: readonly Role[] = ROLES
const SIGNED_IN = ROLES.filter((role) => role !== 'anonymous' && role !== 'passHolder')
const OWNERS: readonly Role[] = ['coOwner', 'owner', 'admin']
const MODERATORS: readonly Role[] = ['subadmin', 'admin']
const INSIDERS: readonly Role[] = ['tester', 'coOwner', 'owner', 'subadmin', 'admin']
const NOBODY: readonly Role[] = []

type Audience = readonly Role[] | Record<State, readonly Role[]>
const READERS: Audience = {
  draft: INSIDERS,
  published: EVERYBODY,
  protected: [...INSIDERS, 'passHolder'],
}
const PROJECT_READERS: Audience = { draft: INSIDERS, published: EVERYBODY, protected: EVERYBODY }

/** What is done to which object, and who may: the rest is answered with 401 where nobody is signed in, else
 *  with 403. `405`: for everybody. Source: rest-api.md section 2.1 with the fixes of 10.2 and
 *  architecture.md section 7. */
const MATRIX: Record<string, Audience | 405> = {
  'project create': SIGNED_IN,
  'project read': PROJECT_READERS,
  'project list': PROJECT_READERS,
  'project update': OWNERS,
  'project delete': OWNERS,
  'project delete with results': NOBODY,
  'task create': OWNERS,
  'task read': READERS,
  'task list': READERS,
  'task update': OWNERS,
  'taskrun create': READERS,
  'taskrun read': READERS,
  'taskrun list': READERS,
  'taskrun update': ['contributor', 'admin'],
  'taskrun delete': ['contributor', 'admin'],
  'taskrun update in a result': NOBODY,
  'taskrun delete in a result': NOBODY,
  'result create': NOBODY,
  'result read': READERS,
  'result list': READERS,
  'result update': OWNERS,
  'result delete': NOBODY,
  'category create': MODERATORS,
  'category read': EVERYBODY,
  'category list': EVERYBODY,
  'category update': MODERATORS,
  'category delete': MODERATORS,
  'user create': 405,
  'user read': EVERYBODY,
  'user list': EVERYBODY,
  'user update': ['contributor', 'admin'],
  'user delete': 405,
  'blogpost create': OWNERS,
  'blogpost read': READERS,
  'blogpost list': READERS,
  'blogpost update': OWNERS,
  'blogpost delete': OWNERS,
  'announcement create': MODERATORS,
  'announcement read': EVERYBODY,
  'announcement list': EVERYBODY,
  'announcement update': MODERATORS,
  'announcement delete': MODERATORS,
  'helpingmaterial create': OWNERS,
  'helpingmaterial read': READERS,
  'helpingmaterial list': READERS,
  'helpingmaterial update': OWNERS,
  'helpingmaterial delete': OWNERS,
  'page create': OWNERS,
  'page read': READERS,
  'page list': READERS,
  'page update': OWNERS,
  'page delete': OWNERS,
  'projectstats create': NOBODY,
  'projectstats read': READERS,
  'projectstats list': READERS,
  'projectstats update': NOBODY,
  'projectstats delete': NOBODY,
  'favorites create': {
    draft: INSIDERS,
    published: SIGNED_IN,
    protected: INSIDERS,
  },
  'favorites list': SIGNED_IN,
  'favorites update': 405,
  'newtask read': READERS,
  'userprogress read': READERS,
  'globalstats read': EVERYBODY,
  'task delete': OWNERS,
  'task delete with a result': ['admin'],
}

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
let app: ReturnType<typeof createApp>
let people: Record<Exclude<Role, 'anonymous' | 'passHolder'>, { user: UserRow; apiKey: string }>
let cells = 0

beforeAll(async () => {
  app = createApp(platform.ctx)
  const { make, ctx } = platform
  people = {
    stranger: await make.user(),
    contributor: await make.user(),
    tester: await make.user(),
    coOwner: await make.user(),
    owner: await make.user(),
    pro: await make.user(),
    subadmin: await make.user(),
    admin: await make.user({ admin: true }),
  }
  await updateUser(ctx.db.primary, people.pro.user.id, { pro: true })
  await updateUser(ctx.db.primary, people.subadmin.user.id, { subadmin: true })
})

afterAll(() => {
  process.stdout.write(`The permission matrix has ${cells} cells.\n`)
})

describe.each(STATES)('in a %s project', (state) => {
  it.each(ROLES)('%s may do what the matrix says, and nothing else', async (role) => {
    const world = await makeWorld(state)
    const client = await clientOf(role, world)
    const seen: Record<string, string> = {}
    for (const cell of Object.keys(MATRIX)) seen[cell] = await tryCell(cell, client, world)
    cells += Object.keys(seen).length
    expect(seen).toEqual(expected(state, role))
  })
})

function expected(state: State, role: Role): Record<string, string> {
  const refused = role === 'anonymous' || role === 'passHolder' ? '401' : '403'
  return Object.fromEntries(
    Object.entries(MATRIX).map(([cell, audience]) => {
      if (audience === 405) return [cell, '405']
      const allowed = 'draft' in audience ? audience[state] : audience
      if (!cell.endsWith(' list') || cell === 'favorites list') {
        return [cell, allowed.includes(role) ? 'yes' : refused]
      }
      // A list never refuses: it leaves out what the caller may not see.
      return [cell, allowed.includes(role) ? 'yes' : 'left out']
    }),
  )
}

type World = Awaited<ReturnType<typeof makeWorld>>

/** A project in this state with one of everything, and one of everything that can be deleted. */
async function makeWorld(state: State) {
  const { make, ctx } = platform
  const db = ctx.db.primary
  const owner = people.owner.user.id
  const contributor = people.contributor.user.id
  const prepare = async (): Promise<ProjectRow> => {
    const project = await make.project({ ownerId: owner, published: state !== 'draft' })
    const members = {
      ownersIds: [owner, people.coOwner.user.id],
      testersIds: [people.tester.user.id],
      info: { task_presenter: '<p></p>' },
    }
    const passwordHash = state === 'protected' ? await hashPassword('open sesame') : null
    return (await updateProject(db, project.id, { ...members, passwordHash })) ?? project
  }
  const project = await prepare()
  const deletable = await prepare()
  const projectId = project.id
  const [open, done, spare] = await make.tasks(3, { project, redundancy: 30 })
  if (!open || !done || !spare) throw new Error('no tasks')
  const run = (taskId: number, key: string, userId: number | null) =>
    db
      .insert(taskRuns)
      .values({
        projectId,
        taskId,
        userId,
        finishTime: '2026-01-01T00:00:00',
        info: 'an answer',
        volunteerKey: key,
        answerHash: key,
      })
      .returning()
      .then(([row]) => row?.id ?? 0)
  // On a task that nobody else here answers, so that newtask has the others.
  const runId = await run(spare.id, `account:${contributor}`, contributor)
  const resultRunId = await run(done.id, `account:${contributor}`, contributor)
  await db
    .update(tasks)
    .set({ state: 'completed', nAnswers: 1, nTaskRuns: 1 })
    .where(eq(tasks.id, done.id))
  await db.update(tasks).set({ nTaskRuns: 1 }).where(eq(tasks.id, spare.id))
  const id = (rows: { id: number }[]) => rows[0]?.id ?? 0
  const post = { title: 'News', body: 'There are some', published: true, userId: owner }
  const name = `x${crypto.randomUUID()}`
  const category = { name, shortName: name, description: 'x' }
  return {
    state,
    project,
    deletableProjectId: deletable.id,
    openTaskId: open.id,
    doneTaskId: done.id,
    spareTaskId: spare.id,
    runId,
    resultRunId,
    resultId: id(
      await db
        .insert(results)
        .values({ projectId, taskId: done.id, taskRunIds: [resultRunId] })
        .returning(),
    ),
    projectstatsId: (await findProjectStats(db, projectId))?.id ?? 0,
    categoryId: id(await db.insert(categories).values(category).returning()),
    blogpostId: id(
      await db
        .insert(blogposts)
        .values({ ...post, projectId })
        .returning(),
    ),
    announcementId: id(await db.insert(announcements).values(post).returning()),
    helpingmaterialId: id(await db.insert(helpingMaterials).values({ projectId }).returning()),
    pageId: id(await db.insert(pages).values({ projectId, slug: 'about' }).returning()),
  }
}

async function clientOf(role: Role, world: World): Promise<ApiClient> {
  const key = role === 'anonymous' || role === 'passHolder' ? undefined : people[role].apiKey
  const client = new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  if (!key) await client.get('/api/session')
  if (role === 'passHolder') {
    const path = `/api/projects/${world.project.shortName}/pass`
    await client.post(path, { password: 'open sesame' })
  }
  return client
}

/** `yes`, `left out` of a list, or the status of the refusal. */
async function tryCell(cell: string, client: ApiClient, world: World): Promise<string> {
  const [object = '', action = '', ...rest] = cell.split(' ')
  const special = rest.join(' ')
  if (action === 'list') return tryList(object, client, world)
  const answer = await send(object, action, special, client, world)
  if (answer.status < 300) return 'yes'
  return String(answer.status)
}

async function tryList(object: string, client: ApiClient, world: World): Promise<string> {
  if (object === 'favorites') {
    const { status } = await client.get('/api/favorites')
    return status === 200 ? 'yes' : String(status)
  }
  const { status, body } = await client.get(`/api/${object}?all=1&id=${idOf(object, world)}`)
  if (status !== 200) return String(status)
  return body.length === 1 ? 'yes' : 'left out'
}

function idOf(object: string, world: World): number {
  const ids: Record<string, number> = {
    project: world.project.id,
    task: world.openTaskId,
    taskrun: world.runId,
    result: world.resultId,
    category: world.categoryId,
    user: people.contributor.user.id,
    blogpost: world.blogpostId,
    announcement: world.announcementId,
    helpingmaterial: world.helpingmaterialId,
    page: world.pageId,
    projectstats: world.projectstatsId,
  }
  return ids[object] ?? 0
}

async function send(
  object: string,
  action: string,
  special: string,
  client: ApiClient,
  world: World,
) {
  const projectId = world.project.id
  switch (`${object} ${action}${special ? ` ${special}` : ''}`) {
    case 'newtask read':
      return client.get(`/api/project/${projectId}/newtask`)
    case 'userprogress read':
      return client.get(`/api/project/${projectId}/userprogress`)
    case 'globalstats read':
      return client.get('/api/globalstats')
    case 'taskrun create': {
      const { body, status, headers } = await client.get(`/api/project/${projectId}/newtask`)
      if (status !== 200) return { body, status, headers }
      return client.post('/api/taskrun', { project_id: projectId, task_id: body.id, info: 'mine' })
    }
    case 'project delete':
      return client.delete(`/api/project/${world.deletableProjectId}`)
    case 'project delete with results':
      return client.delete(`/api/project/${projectId}`)
    case 'task delete':
      return client.delete(`/api/task/${world.spareTaskId}`)
    case 'task delete with a result':
      return client.delete(`/api/task/${world.doneTaskId}`)
    case 'taskrun update in a result':
      return client.put(`/api/taskrun/${world.resultRunId}`, { info: 'changed' })
    case 'taskrun delete in a result':
      return client.delete(`/api/taskrun/${world.resultRunId}`)
    case 'favorites create':
      return client.post('/api/favorites', { task_id: world.openTaskId })
    case 'favorites update':
      return client.put(`/api/favorites/${world.openTaskId}`, {})
    case 'projectstats update':
      return client.put(`/api/projectstats/${world.projectstatsId}`, { n_tasks: 7 })
  }
  if (action === 'create') return client.post(`/api/${object}`, newObject(object, world))
  const path = `/api/${object}/${idOf(object, world)}`
  if (action === 'read') return client.get(path)
  if (action === 'update') return client.put(path, change(object))
  return client.delete(path)
}

function newObject(object: string, world: World): Record<string, unknown> {
  const project_id = world.project.id
  const name = `new-${crypto.randomUUID()}`
  const objects: Record<string, Record<string, unknown>> = {
    project: { name, short_name: name, description: 'x' },
    task: { project_id, info: {} },
    result: { info: {} },
    category: { name, short_name: name, description: 'x' },
    user: { name },
    blogpost: { project_id, title: 'x', body: 'x' },
    announcement: { title: 'x', body: 'x' },
    helpingmaterial: { project_id, info: {} },
    page: { project_id, slug: 'x' },
    projectstats: { project_id },
  }
  return objects[object] ?? {}
}

function change(object: string): Record<string, unknown> {
  const changes: Record<string, Record<string, unknown>> = {
    project: { long_description: 'changed' },
    task: { priority_0: 0.5 },
    category: { description: 'changed' },
    user: { locale: 'es' },
    blogpost: { body: 'changed' },
    announcement: { body: 'changed' },
    page: { slug: 'changed' },
  }
  return changes[object] ?? { info: { changed: true } }
}
