import type { ProjectRow } from '@manyhands/shared/projects/table'
import { results } from '@manyhands/shared/results/table'
import { type Answer, type Anything, ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from './app.ts'
import { createProjectToken } from './volunteers/project-token.ts'

/** Every refusal of the wire contract (rest-api.md), by section, with its exact status and body. What the
 *  permission matrix refuses is in permission-matrix.integration.test.ts. */
type Who = 'anonymous' | 'stranger' | 'owner' | 'admin'

interface Refusal {
  who: Who
  ask: string | (() => string)
  body?: unknown
  headers?: Record<string, string>
  status: number
  cls: string
  /** The whole message, or a part of it. */
  message?: string | RegExp
  target?: string
  action?: string
}

const platform = useTestPlatform({ env: { RATE_LIMIT: '1000000' } })
const clients = {} as Record<Who, ApiClient>
let project: ProjectRow
let other: ProjectRow
let lockedProject: ProjectRow
let taskId: number
let otherTaskId: number
let doneTaskId: number
let resultId: number

beforeAll(async () => {
  const app = createApp(platform.ctx)
  const { make, ctx } = platform
  const people = {
    stranger: await make.user(),
    owner: await make.user(),
    admin: await make.user({ admin: true }),
  }
  const client = (key?: string) =>
    new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
  clients.anonymous = client()
  for (const who of ['stranger', 'owner', 'admin'] as const)
    clients[who] = client(people[who].apiKey)
  const ownerId = people.owner.user.id
  project = await make.project({ ownerId })
  other = await make.project({ ownerId, allowAnonymousContributors: false })
  lockedProject = await make.project({ ownerId, info: { sched: 'locked' } })
  const [task, done] = await make.tasks(2, { project, redundancy: 30 })
  const [otherTask] = await make.tasks(1, { project: other })
  await make.tasks(3, { project: lockedProject })
  taskId = task?.id ?? 0
  doneTaskId = done?.id ?? 0
  otherTaskId = otherTask?.id ?? 0
  const [result] = await ctx.db.primary
    .insert(results)
    .values({ projectId: project.id, taskId: doneTaskId, taskRunIds: [] })
    .returning()
  resultId = result?.id ?? 0
})

async function ask({ who, ask: request, body, headers }: Refusal): Promise<Answer<Anything>> {
  const [method = '', path = ''] = (typeof request === 'string' ? request : request()).split(' ')
  return clients[who].send(method, path, body, headers)
}

function refuses(refusals: Record<string, Refusal>): void {
  it.each(Object.entries(refusals))('%s', async (_, refusal) => {
    const { status, body } = await ask(refusal)
    const request = typeof refusal.ask === 'string' ? refusal.ask : refusal.ask()
    const [method = '', path = ''] = request.split(' ')
    const [, object = ''] = /^\/api\/(\w+)/.exec(path) ?? []
    const { message } = refusal
    expect({ status, ...body }).toMatchObject({
      status: 'failed',
      status_code: refusal.status,
      action: refusal.action ?? method,
      target: refusal.target ?? object,
      exception_cls: refusal.cls,
      ...(message && {
        exception_msg: typeof message === 'string' ? message : expect.stringMatching(message),
      }),
    })
    expect(status).toBe(refusal.status)
  })
}

const path = () => `/api/project/${project.id}`
const uniqueName = () => `p-${crypto.randomUUID()}`

describe('section 1.3: project tokens', () => {
  refuses({
    'no key': {
      who: 'anonymous',
      ask: () => `GET /api/auth/project/${project.shortName}/token`,
      status: 403,
      cls: 'Forbidden',
      action: 'AUTH_JWT_PROJECT',
      get target() {
        return `/api/auth/project/${project.shortName}/token`
      },
    },
    'a wrong key': {
      who: 'anonymous',
      ask: () => `GET /api/auth/project/${project.shortName}/token`,
      headers: { authorization: 'wrong' },
      status: 404,
      cls: 'NotFound',
      action: 'AUTH_JWT_PROJECT',
      get target() {
        return `/api/auth/project/${project.shortName}/token`
      },
    },
    'an unknown project': {
      who: 'anonymous',
      ask: 'GET /api/auth/project/nothing/token',
      headers: { authorization: 'x' },
      status: 404,
      cls: 'NotFound',
      action: 'AUTH_JWT_PROJECT',
      target: '/api/auth/project/nothing/token',
    },
  })

  const headers: Record<string, [() => Promise<string | undefined>, string, string | RegExp]> = {
    'no header': [async () => undefined, 'invalid_header', 'Missing Authorization header'],
    'another scheme': [async () => 'Basic x', 'invalid_header', /Bearer/],
    'no token': [async () => 'Bearer', 'invalid_header', 'Token not found'],
    'too many words': [async () => 'Bearer a b', 'invalid_header', /Bearer/],
    "another project's token": [
      async () => `Bearer ${await createProjectToken({ ...other, secretKey: project.secretKey })}`,
      'Wrong project',
      'Signature verification failed',
    ],
    'a bad signature': [
      async () => `Bearer ${await createProjectToken({ ...project, secretKey: 'other' })}`,
      'Decode error',
      'Signature verification failed',
    ],
  }
  const matching = (text: string | RegExp) =>
    typeof text === 'string' ? text : expect.stringMatching(text)

  it.each(Object.entries(headers))('newtask with %s', async (_, [header, code, description]) => {
    const authorization = await header()
    const { status, body } = await clients.anonymous.send(
      'GET',
      `${path()}/newtask?external_uid=x`,
      undefined,
      authorization ? { authorization } : {},
    )
    expect([status, body]).toEqual([401, { code, description: matching(description) }])
  })

  it.each(Object.entries(headers))('an answer with %s', async (_, [header, , description]) => {
    const authorization = await header()
    const { status, body } = await clients.anonymous.send(
      'POST',
      '/api/taskrun?external_uid=x',
      { project_id: project.id, task_id: taskId, info: 1, external_uid: 'x' },
      authorization ? { authorization } : {},
    )
    expect([status, body.exception_cls, body.exception_msg]).toEqual([
      403,
      'Forbidden',
      matching(description),
    ])
  })
})

describe('section 2.2: writing', () => {
  const RESERVED: Record<string, [string[], string]> = {
    project: ['id created updated completed contacted secret_key'.split(' '), 'whole'],
    task: ['id created state fav_user_ids'.split(' '), 'whole'],
    taskrun: ['id created finish_time'.split(' '), 'whole'],
    result: ['id created project_id task_id task_run_ids last_version'.split(' '), 'whole'],
    category: ['id created'.split(' '), 'named'],
    blogpost: ['id created updated user_id'.split(' '), 'named'],
    announcement: ['id created updated user_id'.split(' '), 'whole'],
    helpingmaterial: ['id created'.split(' '), 'whole'],
    page: ['id created'.split(' '), 'whole'],
  }
  const reserved = Object.entries(RESERVED).flatMap(([object, [keys, kind]]) =>
    keys.map((key) => {
      const message = 'Reserved keys in payload'
      return [object, key, kind === 'named' ? `${message}: ${key}` : message] as const
    }),
  )
  it.each(reserved)('%s: the reserved key %s, whoever sends it', async (object, key, message) => {
    for (const who of ['anonymous', 'admin'] as const) {
      const { status, body } = await clients[who].post(`/api/${object}`, { [key]: 1 })
      expect([status, body.exception_cls, body.exception_msg]).toEqual([400, 'BadRequest', message])
    }
  })

  it.each(Object.keys(RESERVED))('%s: an unknown field, whoever sends it', async (object) => {
    for (const who of ['anonymous', 'admin'] as const) {
      const { status, body } = await clients[who].post(`/api/${object}`, { wrong_field: 1 })
      expect([status, body.exception_cls]).toEqual([415, 'TypeError'])
      expect(body.exception_msg).toContain('wrong_field')
    }
  })

  it.each(Object.keys(RESERVED))('%s: a body that is no JSON, or no object', async (object) => {
    for (const type of ['application/json', 'text/plain']) {
      const broken = await clients.admin.send('POST', `/api/${object}`, '{"a":', {
        'content-type': type,
      })
      expect([broken.status, broken.body.exception_cls]).toEqual([415, 'ValueError'])
      const text = await clients.admin.send('POST', `/api/${object}`, '"text"', {
        'content-type': type,
      })
      expect([text.status, text.body.exception_cls]).toEqual([415, 'AttributeError'])
    }
    const form = await clients.admin.send('POST', `/api/${object}`, 'a=1&b=2', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect([form.status, form.body.exception_cls]).toEqual([415, 'ValueError'])
  })

  it.each(Object.keys(RESERVED))('%s: an unknown argument of a write', async (object) => {
    const { status, body } = await clients.admin.post(`/api/${object}?wrong_argument=1`, {})
    expect([status, body.exception_cls]).toEqual([415, 'AttributeError'])
    expect(body.exception_msg).toContain('wrong_argument')
  })

  refuses({
    publishing: {
      who: 'owner',
      ask: () => `PUT ${path()}`,
      body: { published: true },
      status: 403,
      cls: 'Forbidden',
      message: 'You cannot publish a project via the API',
    },
    'a missing id': {
      who: 'owner',
      ask: 'GET /api/task/999999',
      status: 404,
      cls: 'NotFound',
      message: /^404 Not Found/,
    },
    'changing what is not there': {
      who: 'owner',
      ask: 'PUT /api/task/999999',
      body: {},
      status: 404,
      cls: 'NotFound',
    },
    'deleting what is not there': {
      who: 'owner',
      ask: 'DELETE /api/task/999999',
      status: 404,
      cls: 'NotFound',
    },
  })
})

describe('sections 2.4 to 2.17: objects', () => {
  const newProject = (fields: object) => ({
    name: uniqueName(),
    short_name: uniqueName(),
    description: 'x',
    ...fields,
  })
  refuses({
    'a project named as a page': {
      who: 'owner',
      ask: 'POST /api/project',
      body: newProject({ short_name: 'category' }),
      status: 415,
      cls: 'ValueError',
      message: /Project short_name is not valid, as it's used by the system\.$/,
    },
    'a project without name': {
      who: 'owner',
      ask: 'POST /api/project',
      body: newProject({ name: undefined }),
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a project with an empty name': {
      who: 'owner',
      ask: 'POST /api/project',
      body: newProject({ name: '' }),
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a project with a null description': {
      who: 'owner',
      ask: 'POST /api/project',
      body: newProject({ description: null }),
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a project with too long a name': {
      who: 'owner',
      ask: 'POST /api/project',
      body: newProject({ name: 'x'.repeat(256) }),
      status: 415,
      cls: 'DataError',
    },
    'a project in no category': {
      who: 'owner',
      ask: 'POST /api/project',
      body: newProject({ category_id: 999_999 }),
      status: 400,
      cls: 'BadRequest',
      message: 'category_id does not exist',
    },
    'a project in a category that is no number': {
      who: 'owner',
      ask: 'POST /api/project',
      body: newProject({ category_id: 'x' }),
      status: 415,
      cls: 'ValueError',
    },
    'moving a project to no category': {
      who: 'owner',
      ask: () => `PUT ${path()}`,
      body: { category_id: 999_999 },
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a taken name': {
      who: 'owner',
      ask: 'POST /api/project',
      get body() {
        return newProject({ name: project.name })
      },
      status: 415,
      cls: 'DBIntegrityError',
    },
    'deleting a project with results': {
      who: 'admin',
      ask: () => `DELETE ${path()}`,
      status: 403,
      cls: 'Forbidden',
    },
    'a task of no project': {
      who: 'owner',
      ask: 'POST /api/task',
      body: { info: 1 },
      status: 415,
      cls: 'AttributeError',
    },
    'a task of an unknown project': {
      who: 'owner',
      ask: 'POST /api/task',
      body: { project_id: 999_999 },
      status: 415,
      cls: 'AttributeError',
    },
    'a task of an unknown project, by nobody': {
      who: 'anonymous',
      ask: 'POST /api/task',
      body: { project_id: 999_999 },
      status: 401,
      cls: 'Unauthorized',
    },
    'a redundancy out of range': {
      who: 'owner',
      ask: 'POST /api/task',
      get body() {
        return { project_id: project.id, n_answers: 99_999_999_999 }
      },
      status: 415,
      cls: 'DataError',
    },
    'deleting a task with a result': {
      who: 'owner',
      ask: () => `DELETE /api/task/${doneTaskId}`,
      status: 403,
      cls: 'Forbidden',
    },
    'creating a result': {
      who: 'admin',
      ask: 'POST /api/result',
      body: { info: 1 },
      status: 403,
      cls: 'Forbidden',
    },
    'deleting a result': {
      who: 'admin',
      ask: () => `DELETE /api/result/${resultId}`,
      status: 403,
      cls: 'Forbidden',
    },
    'a category without name': {
      who: 'admin',
      ask: 'POST /api/category',
      body: { short_name: 'x', description: 'x' },
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a taken category': {
      who: 'admin',
      ask: 'POST /api/category',
      body: { name: 'Thinking', short_name: 'thinking', description: 'x' },
      status: 415,
      cls: 'DBIntegrityError',
    },
    'deleting a category in use': {
      who: 'admin',
      ask: () => `DELETE /api/category/${project.categoryId}`,
      status: 415,
      cls: 'DBIntegrityError',
    },
    'making an account through the wire': {
      who: 'admin',
      ask: 'POST /api/user',
      body: {},
      status: 405,
      cls: 'MethodNotAllowed',
    },
    'deleting an account through the wire': {
      who: 'admin',
      ask: 'DELETE /api/user/1',
      status: 405,
      cls: 'MethodNotAllowed',
      action: 'DEL',
    },
    'a blog post without title': {
      who: 'owner',
      ask: 'POST /api/blogpost',
      get body() {
        return { project_id: project.id, body: 'x' }
      },
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a blog post of an unknown project': {
      who: 'owner',
      ask: 'POST /api/blogpost',
      body: { project_id: 999_999, title: 'x', body: 'x' },
      status: 415,
      cls: 'AttributeError',
    },
    'an announcement without body': {
      who: 'admin',
      ask: 'POST /api/announcement',
      body: { title: 'x' },
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a helping material of an unknown project': {
      who: 'owner',
      ask: 'POST /api/helpingmaterial',
      body: { project_id: 999_999 },
      status: 415,
      cls: 'AttributeError',
    },
    'a page without slug': {
      who: 'owner',
      ask: 'POST /api/page',
      get body() {
        return { project_id: project.id }
      },
      status: 415,
      cls: 'DBIntegrityError',
    },
    'a favourite with other keys, even by nobody': {
      who: 'anonymous',
      ask: 'POST /api/favorites',
      body: { task_id: 1, more: 1 },
      status: 415,
      cls: 'AttributeError',
      target: 'task',
    },
    'a favourite without task': {
      who: 'stranger',
      ask: 'POST /api/favorites',
      body: {},
      status: 415,
      cls: 'AttributeError',
      target: 'task',
    },
    'an unknown favourite': {
      who: 'stranger',
      ask: 'POST /api/favorites',
      body: { task_id: 999_999 },
      status: 404,
      cls: 'NotFound',
      target: 'task',
    },
    'a favourite of nobody': {
      who: 'anonymous',
      ask: 'POST /api/favorites',
      body: { task_id: 1 },
      status: 401,
      cls: 'Unauthorized',
      target: 'task',
    },
    'the favourites of nobody': {
      who: 'anonymous',
      ask: 'GET /api/favorites',
      status: 401,
      cls: 'Unauthorized',
      target: 'task',
    },
    'removing what is no favourite': {
      who: 'stranger',
      ask: () => `DELETE /api/favorites/${taskId}`,
      status: 404,
      cls: 'NotFound',
      target: 'task',
      action: 'DEL',
    },
    'changing a favourite': {
      who: 'stranger',
      ask: () => `PUT /api/favorites/${taskId}`,
      body: {},
      status: 405,
      cls: 'MethodNotAllowed',
      target: 'task',
    },
    'writing the statistics of the site': {
      who: 'admin',
      ask: 'POST /api/globalstats',
      body: {},
      status: 405,
      cls: 'MethodNotAllowed',
      target: '/api/globalstats',
    },
    'Disqus without keys': {
      who: 'stranger',
      ask: 'GET /api/disqus/sso',
      status: 405,
      cls: 'MethodNotAllowed',
      message: 'Disqus keys are missing',
      target: 'DISQUS_SSO',
    },
  })
})

describe('section 3: lists', () => {
  const list = (query: string, cls: string, message?: RegExp): Refusal => ({
    who: 'owner',
    ask: `GET /api/${query}`,
    status: 415,
    cls,
    ...(message && { message }),
  })
  refuses({
    'a negative limit': list('task?limit=-1', 'DataError'),
    'a negative offset': list('task?offset=-1', 'DataError'),
    'last_id that is no number': list('task?last_id=x', 'DataError'),
    'ordering by nothing': list('task?orderby=nothing', 'AttributeError', /has no attribute/),
    'desc that is neither': list('task?desc=maybe', 'ValueError'),
    'an unknown field': list('task?nothing=1', 'AttributeError', /has no attribute 'nothing'/),
    callback: list('task?callback=f', 'AttributeError', /has no attribute/),
    'a pair with too many parts': list('task?info=a::b::c', 'ValueError'),
    'a pair without value': list('task?info=a::b|c', 'ValueError'),
    'a quoted text': list('task?info=%22foo%22', 'DataError'),
    'an id that is no number': list('task?id=x', 'DataError'),
    'a number too large': list('task?id=99999999999999999999', 'DataError'),
    'a truth that is none': list('blogpost?published=perhaps', 'DataError'),
    'a list that is none': list('result?task_run_ids=1', 'DataError'),
    'a time that is none': list('task?created=yesterday', 'DataError'),
    'a broken search': list('task?info=a::%26%26&fulltextsearch=1', 'ValueError'),
    'a hidden column': list('project?secret_key=x', 'AttributeError', /has no attribute/),
    'a hidden column of accounts': list('user?passwd_hash=x', 'AttributeError', /has no attribute/),
    'ordering accounts by what is hidden': list(
      'user?orderby=email_addr',
      'AttributeError',
      /has no attribute/,
    ),
    'external_uid of tasks': list('task?external_uid=x', 'AttributeError'),
  })
})

describe('section 4: newtask', () => {
  const newtask = (query: string, fields: Partial<Refusal>): Refusal => ({
    who: 'stranger',
    ask: () => `GET ${path()}/newtask?${query}`,
    status: 415,
    cls: 'ValueError',
    ...fields,
  })
  refuses({
    'a limit that is no number': newtask('limit=x', {}),
    'an offset that is no number': newtask('offset=x', {}),
    'ordering by nothing': newtask('orderby=nothing', { cls: 'AttributeError' }),
    'desc that is neither': newtask('desc=maybe', {}),
    'an unknown project': newtask('', {
      ask: 'GET /api/project/999999/newtask',
      status: 404,
      cls: 'NotFound',
    }),
    'too far ahead of the lock': newtask('', {
      ask: () => `GET /api/project/${lockedProject.id}/newtask?offset=3`,
      status: 400,
      cls: 'BadRequest',
    }),
  })

  it('tells nobody that the project wants accounts, in the shape of a task', async () => {
    const { status, body } = await clients.anonymous.get(`/api/project/${other.id}/newtask`)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: null,
      project_id: null,
      info: { error: 'This project does not allow anonymous contributors' },
    })
  })
})

describe('section 5.1: answers', () => {
  const answer = (fields: () => object, rest: Partial<Refusal>): Refusal => ({
    who: 'stranger',
    ask: 'POST /api/taskrun',
    get body() {
      return { project_id: project.id, task_id: taskId, info: 1, ...fields() }
    },
    status: 403,
    cls: 'Forbidden',
    ...rest,
  })
  refuses({
    'an unknown task': answer(() => ({ task_id: 999_999 }), { message: 'Invalid task_id' }),
    'no task': answer(() => ({ task_id: undefined }), { message: 'Invalid task_id' }),
    'another project': answer(() => ({ project_id: other.id }), { message: 'Invalid project_id' }),
    'no project': answer(() => ({ project_id: undefined }), { message: 'Invalid project_id' }),
    'a task that was not asked for': answer(() => ({}), {
      message: 'You must request a task first!',
    }),
    "nobody's answer where accounts are wanted": answer(
      () => ({ project_id: other.id, task_id: otherTaskId }),
      { who: 'anonymous', message: 'You must request a task first!' },
    ),
    'an unknown argument': answer(() => ({}), {
      ask: 'POST /api/taskrun?nothing=1',
      status: 415,
      cls: 'AttributeError',
      target: 'taskrun',
    }),
  })

  it('a second, different answer', async () => {
    const { body: task } = await clients.stranger.get(`${path()}/newtask`)
    const run = { project_id: project.id, task_id: task.id, info: 'first' }
    expect((await clients.stranger.post('/api/taskrun', run)).status).toBe(200)
    const { status, body } = await clients.stranger.post('/api/taskrun', { ...run, info: 'second' })
    expect([status, body.exception_cls]).toEqual([403, 'Forbidden'])
  })
})

/** One pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

describe('section 6: uploads', () => {
  const form = (fields: Record<string, string>, file?: Blob): FormData => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.set(name, value)
    if (file) data.set('file', file, 'x.png')
    return data
  }
  const picture = new Blob([Uint8Array.from(atob(PNG), (byte) => byte.charCodeAt(0))])
  const send = (object: string, data: FormData) =>
    clients.owner.send('POST', `/api/${object}`, data)

  it.each(['blogpost', 'helpingmaterial', 'page'])('%s: no file', async (object) => {
    const { status, body } = await send(object, form({ project_id: String(project.id) }))
    expect([status, body.exception_cls, body.target]).toEqual([415, 'AttributeError', object])
  })
  it.each(['blogpost', 'helpingmaterial', 'page'])('%s: an unknown project', async (object) => {
    const { status, body } = await send(object, form({ project_id: '999999' }, picture))
    expect([status, body.exception_cls]).toEqual([415, 'AttributeError'])
  })
  it.each(['project', 'task', 'category'])('%s takes no files', async (object) => {
    const { status, body } = await send(object, form({}, picture))
    expect([status, body.exception_cls]).toEqual([415, 'ValueError'])
  })
})

describe('sections 7 and 8: helpers and routing', () => {
  refuses({
    'the progress in no project': {
      who: 'stranger',
      ask: 'GET /api/project/nothing/userprogress',
      status: 404,
      cls: 'NotFound',
      action: 'USER_PROGRESS',
      target: '/api/project/nothing/userprogress',
    },
  })

  it.each([
    ['GET', '/api/nothing', 404],
    ['GET', '/api/project/', 404],
    ['GET', '/api/project/x', 404],
    ['GET', '/api/task/-1', 404],
    ['PUT', '/api/project', 405],
    ['DELETE', '/api/task', 405],
    ['POST', '/api/task/1', 405],
    ['DELETE', '/api/favorites', 405],
  ])('%s %s is answered with JSON and %i', async (method, address, status) => {
    const answer = await clients.stranger.send(method, address)
    expect([answer.status, answer.body.status_code]).toEqual([status, status])
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.body).toMatchObject({ status: 'failed', action: expect.any(String) })
    if (status === 405) expect(answer.headers.get('allow')).toMatch(/GET/)
  })
})
