import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
const client = (headers: Record<string, string> = {}) =>
  new ApiClient((request) => app.fetch(request), headers)

/** A task that the caller has asked for, one that they have not, and one of another project. */
async function tasks() {
  const project = await platform.make.project()
  const [asked, unasked] = await platform.make.tasks(2, { project, redundancy: 2 })
  const other = await platform.make.project()
  const [foreign] = await platform.make.tasks(1, { project: other })
  const caller = client({ authorization: (await platform.make.user()).apiKey })
  await caller.post(`/api/project/${project.id}/task/${asked?.id}/request`)
  return {
    caller,
    project_id: project.id,
    other_id: other.id,
    asked: asked?.id,
    unasked: unasked?.id,
    foreign: foreign?.id,
  }
}
type Given = Awaited<ReturnType<typeof tasks>>

/** Each with everything wrong that comes later in the order, so that the order itself is tested
 *  (rest-api.md section 5.1). */
const IN_ORDER: Array<
  [string, string, (given: Given) => unknown, number, string, string | RegExp]
> = [
  [
    'an argument that is no column',
    '?colour=red',
    () => 'nonsense',
    415,
    'AttributeError',
    "type object 'TaskRun' has no attribute 'colour'",
  ],
  ['no JSON', '', () => 'project_id=1&task_id=1', 415, 'ValueError', 'The body is not JSON'],
  ['no body', '', () => '', 415, 'ValueError', 'The body is not JSON'],
  ['a list', '', () => [{ id: 1 }], 415, 'AttributeError', 'The body must be a JSON object'],
  [
    'a reserved key',
    '',
    () => ({ finish_time: 'x', colour: 'red' }),
    400,
    'BadRequest',
    'Reserved keys in payload',
  ],
  [
    'an unknown field',
    '',
    () => ({ colour: 'red', timeout: 'long', task_id: '1' }),
    415,
    'TypeError',
    /colour/,
  ],
  [
    'no task',
    '',
    () => ({ project_id: 'x', timeout: 'long' }),
    403,
    'Forbidden',
    'Invalid task_id',
  ],
  [
    'an unknown task',
    '',
    ({ other_id }) => ({ task_id: 999_999, project_id: other_id, external_uid: 'x' }),
    403,
    'Forbidden',
    'Invalid task_id',
  ],
  [
    'an id as text',
    '',
    ({ unasked, project_id }) => ({ task_id: unasked, project_id: String(project_id) }),
    403,
    'Forbidden',
    'Invalid project_id',
  ],
  [
    'the task of another project',
    '',
    ({ foreign, project_id }) => ({ task_id: foreign, project_id, external_uid: 'x' }),
    403,
    'Forbidden',
    'Invalid project_id',
  ],
  [
    'an unknown project',
    '',
    ({ asked }) => ({ task_id: asked, project_id: 999_999 }),
    403,
    'Forbidden',
    'Invalid project_id',
  ],
  [
    'an outside user without token',
    '?external_uid=x',
    ({ unasked, project_id }) => ({
      task_id: unasked,
      project_id,
      external_uid: 'x',
      timeout: 'long',
    }),
    403,
    'Forbidden',
    'Authorization header must start with Bearer',
  ],
  [
    'a task that was not asked for',
    '',
    ({ unasked, project_id }) => ({ task_id: unasked, project_id, timeout: 'long' }),
    403,
    'Forbidden',
    'You must request a task first!',
  ],
  [
    'a value that does not fit',
    '',
    ({ asked, project_id }) => ({ task_id: asked, project_id, timeout: 'long' }),
    415,
    'DataError',
    /timeout/,
  ],
]

describe('an answer with', () => {
  it.each(IN_ORDER)('%s is refused', async (_what, query, body, status, exception, message) => {
    const given = await tasks()
    const refused = await given.caller.post(`/api/taskrun${query}`, body(given))
    expect([refused.status, refused.body]).toEqual([
      status,
      expect.objectContaining({
        action: 'POST',
        target: 'taskrun',
        status: 'failed',
        status_code: status,
        exception_cls: exception,
        exception_msg:
          typeof message === 'string' ? message : expect.stringMatching(message as RegExp),
      }),
    ])
  })

  it('somebody else named as its author is the own answer of its sender', async () => {
    const { caller, asked, project_id } = await tasks()
    const run = { task_id: asked, project_id, user_id: 1, user_ip: '1.2.3.4', external_uid: '' }
    const { body } = await caller.post('/api/taskrun?external_uid=x&api_key=y', run)
    expect(body).toMatchObject({ user_ip: null, external_uid: null, info: null })
    expect(body.user_id).not.toBe(1)
  })

  it('an account refused is 401 without one where the project wants one', async () => {
    const project = await platform.make.project()
    const [task] = await platform.make.tasks(1, { project })
    const browser = client()
    await browser.get(`/api/project/${project.id}/newtask`)
    await platform.ctx.db.primary.execute(
      `update projects set allow_anonymous_contributors = false where id = ${project.id}`,
    )
    await platform.ctx.cache.drop(`project:${project.id}`)
    const refused = await browser.post('/api/taskrun', {
      task_id: task?.id,
      project_id: project.id,
    })
    expect([refused.status, refused.body.exception_cls]).toEqual([401, 'Unauthorized'])
  })

  it('other content than the first of this volunteer is refused', async () => {
    const { caller, asked, project_id } = await tasks()
    await caller.post('/api/taskrun', { task_id: asked, project_id, info: 1 })
    const second = await caller.post('/api/taskrun', { task_id: asked, project_id, info: 2 })
    expect([second.status, second.body.exception_msg]).toEqual([
      403,
      'You have already answered this task',
    ])
  })
})

describe('userprogress', () => {
  it('counts the answers of whoever asks, by id, by short name and under the old name', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(3, { project })
    const browser = client()
    const task = (await browser.get(`/api/project/${project.id}/newtask`)).body
    await browser.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: 1 })
    for (const path of [
      `/api/project/${project.id}/userprogress?_=1`,
      `/api/project/${project.shortName}/userprogress`,
      `/api/app/${project.shortName}/userprogress`,
      `/api/app/${project.id}/userprogress`,
    ]) {
      expect([path, (await browser.get(path)).body]).toEqual([path, { done: 1, total: 3 }])
    }
    expect(
      (
        await client({ authorization: (await platform.make.user()).apiKey }).get(
          `/api/project/${project.id}/userprogress`,
        )
      ).body,
    ).toEqual({ done: 0, total: 3 })
  })

  it.each(['/api/project/nothing/userprogress', '/api/app/nothing/userprogress'])(
    'of an unknown project is refused under its own name: %s',
    async (path) => {
      const { status, body } = await client().get(path)
      expect([status, body]).toEqual([
        404,
        expect.objectContaining({
          action: 'USER_PROGRESS',
          target: path,
          status: 'failed',
          status_code: 404,
          exception_cls: 'NotFound',
          exception_msg: expect.stringMatching(/^404 Not Found/),
        }),
      ])
    },
  )

  it('of a draft is for those who may see it', async () => {
    const { user, apiKey } = await platform.make.user()
    const project = await platform.make.project({ ownerId: user.id, published: false })
    const path = `/api/project/${project.shortName}/userprogress`
    expect((await client().get(path)).status).toBe(401)
    expect((await client({ authorization: apiKey }).get(path)).body).toEqual({ done: 0, total: 0 })
  })
})

describe('a project token', () => {
  it.each([
    ['no key', {}, 403, 'Forbidden'],
    ['a wrong key', { authorization: 'wrong' }, 404, 'NotFound'],
  ])('is refused with %s, under its own name', async (_what, headers, status, exception) => {
    const project = await platform.make.project()
    for (const name of [project.shortName, 'nothing']) {
      const path = `/api/auth/project/${name}/token`
      const refused = await client(headers as Record<string, string>).get(path)
      expect([refused.status, refused.body]).toEqual([
        status,
        expect.objectContaining({
          action: 'AUTH_JWT_PROJECT',
          target: path,
          status: 'failed',
          status_code: status,
          exception_cls: exception,
        }),
      ])
    }
  })

  it('is the bare text, and says which project it is for', async () => {
    const project = await platform.make.project()
    const path = `/api/auth/project/${project.shortName}/token`
    const { status, body, headers } = await client({ authorization: project.secretKey }).get(path)
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    const [head, claims] = body
      .split('.')
      .map((part: string) => Buffer.from(part, 'base64url').toString())
    expect(JSON.parse(head).alg).toBe('HS256')
    expect(JSON.parse(claims)).toEqual({ short_name: project.shortName, project_id: project.id })
  })
})
