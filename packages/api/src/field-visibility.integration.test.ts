import { updateProject } from '@manyhands/shared/projects/repository'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { updateUser } from '@manyhands/shared/users/repository'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from './app.ts'

/** Fields of a project for everybody, and those for owners and admins besides (rest-api.md section 2.4;
 *  the secret key has an endpoint of its own). */
const PROJECT_PUBLIC =
  'id description info name short_name created category_id long_description updated featured owner_id owners_ids link links'
const PROJECT_PRIVATE = 'webhook allow_anonymous_contributors published zip_download contacted'
const INFO_PUBLIC = 'container thumbnail thumbnail_url task_presenter presenter tutorial sched'
const INFO_PRIVATE = 'results autoimporter anything'

/** Fields of an account (rest-api.md section 2.9). */
const USER_OWN =
  'created name fullname info n_answers registered_ago rank score locale id email_addr'
const USER_OPEN = 'name locale fullname created'
const USER_CLOSED = 'name locale'

const TASK =
  'id created project_id state quorum calibration priority_0 info n_answers fav_user_ids link links'

const sorted = (words: string) => words.split(' ').sort()

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
const clients: Record<string, ApiClient> = {}
let projectId: number
let taskId: number
let openUserId: number
let closedUserId: number

beforeAll(async () => {
  const app = createApp(platform.ctx)
  const { make, ctx } = platform
  const people = {
    stranger: await make.user(),
    pro: await make.user(),
    coOwner: await make.user(),
    owner: await make.user(),
    subadmin: await make.user(),
    admin: await make.user({ admin: true }),
    open: await make.user(),
    closed: await make.user(),
  }
  await updateUser(ctx.db.primary, people.pro.user.id, { pro: true })
  await updateUser(ctx.db.primary, people.subadmin.user.id, { subadmin: true })
  await updateUser(ctx.db.primary, people.open.user.id, { privacyMode: false })
  clients.anonymous = new ApiClient((request) => app.fetch(request))
  for (const [role, { apiKey }] of Object.entries(people)) {
    clients[role] = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  }
  const keys = `${INFO_PUBLIC} ${INFO_PRIVATE}`.split(' ')
  const project = await make.project({
    ownerId: people.owner.user.id,
    info: Object.fromEntries(keys.map((key) => [key, 'x'])),
  })
  await updateProject(ctx.db.primary, project.id, {
    ownersIds: [people.owner.user.id, people.coOwner.user.id],
  })
  const [task] = await make.tasks(1, { project })
  projectId = project.id
  taskId = task?.id ?? 0
  openUserId = people.open.user.id
  closedUserId = people.closed.user.id
})

/** The fields of the one object, in the list and by id alike. */
async function fieldsOf(role: string, object: string, id: number): Promise<string[]> {
  const client = clients[role]
  const one = await client?.get(`/api/${object}/${id}`)
  const list = await client?.get(`/api/${object}?id=${id}&all=1`)
  expect(Object.keys(list?.body[0]).sort()).toEqual(Object.keys(one?.body).sort())
  return Object.keys(one?.body).sort()
}

describe('a project', () => {
  it.each(['anonymous', 'stranger', 'pro', 'subadmin'])(
    'shows %s the public fields',
    async (role) => {
      expect(await fieldsOf(role, 'project', projectId)).toEqual(sorted(PROJECT_PUBLIC))
      const { body } = (await clients[role]?.get(`/api/project/${projectId}`)) ?? {}
      expect(Object.keys(body.info).sort()).toEqual(sorted(INFO_PUBLIC))
    },
  )

  it.each(['coOwner', 'owner', 'admin'])('shows %s everything but secrets', async (role) => {
    expect(await fieldsOf(role, 'project', projectId)).toEqual(
      sorted(`${PROJECT_PUBLIC} ${PROJECT_PRIVATE}`),
    )
    const { body } = (await clients[role]?.get(`/api/project/${projectId}`)) ?? {}
    expect(Object.keys(body.info).sort()).toEqual(sorted(`${INFO_PUBLIC} ${INFO_PRIVATE}`))
  })
})

describe('an account', () => {
  it.each(['anonymous', 'stranger', 'pro', 'subadmin', 'owner'])(
    'shows %s what its owner allows',
    async (role) => {
      expect(await fieldsOf(role, 'user', closedUserId)).toEqual(sorted(USER_CLOSED))
      expect(await fieldsOf(role, 'user', openUserId)).toEqual(sorted(USER_OPEN))
    },
  )

  it('shows itself and admins everything but secrets', async () => {
    expect(await fieldsOf('closed', 'user', closedUserId)).toEqual(sorted(USER_OWN))
    expect(await fieldsOf('admin', 'user', closedUserId)).toEqual(sorted(USER_OWN))
    expect(await fieldsOf('admin', 'user', openUserId)).toEqual(sorted(USER_OWN))
  })
})

it.each(['anonymous', 'stranger', 'owner', 'admin'])(
  'a task shows %s every field',
  async (role) => {
    expect(await fieldsOf(role, 'task', taskId)).toEqual(sorted(TASK))
  },
)
