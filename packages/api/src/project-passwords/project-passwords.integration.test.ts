import type { ProjectRow } from '@manyhands/shared/projects/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { createPass, readPasses } from './passes.ts'

const platform = useTestPlatform()
let client: (headers?: Record<string, string>) => ApiClient
let owner: ApiClient
let ownerId: number
let stranger: { client: ApiClient; apiKey: string }
let tester: { id: number; client: ApiClient }
let project: ProjectRow
let taskId: number

const PASSWORD = 'open sesame'

beforeAll(async () => {
  const app = createApp(platform.ctx)
  client = (headers = {}) => new ApiClient((request) => app.fetch(request), headers)
  const [one, two, three] = [
    await platform.make.user(),
    await platform.make.user(),
    await platform.make.user(),
  ]
  owner = client({ authorization: one.apiKey })
  ownerId = one.user.id
  stranger = { client: client({ authorization: two.apiKey }), apiKey: two.apiKey }
  tester = { id: three.user.id, client: client({ authorization: three.apiKey }) }
})
beforeEach(async () => {
  project = await platform.make.project({ ownerId, testersIds: [tester.id] })
  const [task] = await platform.make.tasks(1, { project, redundancy: 5 })
  taskId = task?.id ?? 0
})

const path = (rest: string) => `/api/projects/${project.shortName}/${rest}`
const close = () => owner.put(path('password'), { password: PASSWORD })
const contents = () => [
  `/api/task/${taskId}`,
  `/api/project/${project.id}/newtask`,
  `/api/project/${project.id}/userprogress`,
]
const statuses = async (who: ApiClient, paths = contents()) => {
  const all = []
  for (const each of paths) all.push((await who.get(each)).status)
  return all
}

describe('a project with a password', () => {
  it('shows its own row to everybody, and nothing inside', async () => {
    await close()
    const nobody = client()
    expect((await nobody.get(`/api/project/${project.id}`)).status).toBe(200)
    const { body } = await nobody.get(`/api/projects/${project.shortName}`)
    expect([body.needs_password, body.may.contribute, body.progress.n_tasks]).toEqual([
      true,
      false,
      0,
    ])
    expect(await statuses(nobody)).toEqual([401, 401, 401])
    expect(await statuses(stranger.client)).toEqual([403, 403, 403])
    expect((await nobody.get(path('events'))).status).toBe(401)
    expect((await nobody.post(path('exports'), { type: 'task', format: 'json' })).status).toBe(401)
    expect((await nobody.get(`/api/task?project_id=${project.id}`)).body).toEqual([])
    const [row] = (await nobody.get(`/api/project?id=${project.id}&stats=1`)).body
    expect(row.stats).toEqual({})
  })

  it('stays open to its owners and testers', async () => {
    await close()
    expect(await statuses(owner)).toEqual([200, 200, 200])
    expect(await statuses(tester.client)).toEqual([200, 200, 200])
  })

  it('opens to a browser that has given it', async () => {
    await close()
    const browser = client()
    const { status, body, headers } = await browser.post(path('pass'), { password: PASSWORD })
    expect(status).toBe(200)
    expect(body.expires).toBeGreaterThan(Date.now() / 1_000 + 1_700)
    expect(headers.get('set-cookie')).toMatch(/HttpOnly/)
    expect(await statuses(browser)).toEqual([200, 200, 200])
    const page = (await browser.get(`/api/projects/${project.shortName}`)).body
    expect([page.needs_password, page.may.contribute, page.progress.n_tasks]).toEqual([
      false,
      true,
      1,
    ])
    expect(await statuses(client())).toEqual([401, 401, 401])
  })

  it('opens to a program with the token, signed in or not', async () => {
    await close()
    const { token } = (await client().post(path('pass'), { password: PASSWORD })).body
    const several = `1.2.3, ${token}`
    expect(await statuses(client({ 'x-project-pass': token }))).toEqual([200, 200, 200])
    const program = client({ 'x-project-pass': several, authorization: stranger.apiKey })
    expect(await statuses(program)).toEqual([200, 200, 200])
    expect((await program.get(`/api/task?all=1&project_id=${project.id}`)).body).toHaveLength(1)
  })

  it('opens a draft too, to be looked at and answered', async () => {
    project = await platform.make.project({ ownerId, published: false })
    await close()
    const browser = client()
    expect((await browser.get(`/api/projects/${project.shortName}`)).status).toBe(401)
    await browser.post(path('pass'), { password: PASSWORD })
    expect((await browser.get(`/api/projects/${project.shortName}`)).status).toBe(200)
    expect((await browser.put(`/api/project/${project.id}`, { name: 'mine' })).status).toBe(401)
  })

  it('closes again for everybody when the password changes, even to the same one', async () => {
    await close()
    const browser = client()
    await browser.post(path('pass'), { password: PASSWORD })
    await close()
    expect(await statuses(browser)).toEqual([401, 401, 401])
  })

  it('is open again once the password is taken away', async () => {
    await close()
    expect((await owner.delete(path('password'))).status).toBe(204)
    expect(await statuses(client())).toEqual([200, 200, 200])
    expect((await client().post(path('pass'), { password: PASSWORD })).status).toBe(415)
  })

  it('writes down that the password changed, and never what it is', async () => {
    await close()
    const { items } = (await owner.get(path('audit-log'))).body
    expect(items).toMatchObject([{ attribute: 'password', old_value: null, new_value: null }])
    expect(JSON.stringify(items)).not.toContain('argon2')
    for (const each of [`/api/project/${project.id}`, `/api/projects/${project.shortName}`]) {
      expect(JSON.stringify((await owner.get(each)).body)).not.toContain('argon2')
    }
  })

  it('is not in the lists that people browse', async () => {
    await close()
    const { items } = (await client().get(`/api/projects?search=${project.name}`)).body
    expect(items).toEqual([])
  })
})

describe('giving a password', () => {
  it('is refused with 403 when it is wrong', async () => {
    await close()
    const { status, body, headers } = await client().post(path('pass'), { password: 'guess' })
    expect([status, body.error_code]).toEqual([403, 'wrong_password'])
    expect(headers.get('set-cookie') ?? '').not.toContain('mh_pass_')
  })

  it('ends after ten wrong tries, whoever the client says it is', async () => {
    await close()
    const tries = await Promise.all(
      Array.from({ length: 14 }, () => client().post(path('pass'), { password: 'guess' })),
    )
    expect(tries.filter(({ status }) => status === 403)).toHaveLength(10)
    const { status, headers } = await client().post(path('pass'), { password: PASSWORD })
    expect(status).toBe(429)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('is open to a whole classroom behind one address', async () => {
    await close()
    for (let pupil = 0; pupil < 15; pupil++) {
      expect((await client().post(path('pass'), { password: PASSWORD })).status).toBe(200)
    }
  })
})

describe('a pass', () => {
  const closed = async () => {
    await close()
    const { findProject } = await import('@manyhands/shared/projects/repository')
    const row = await findProject(platform.ctx.db.primary, project.id)
    if (!row) throw new Error('no project')
    return row
  }

  it('ends when its time is up', async () => {
    const row = await closed()
    const { token, expires } = createPass(platform.ctx, row)
    const at = (seconds: number) => ({ ...platform.ctx, clock: () => seconds * 1_000 })
    expect(await readPasses(at(expires), [token])).toEqual([project.id])
    expect(await readPasses(at(expires + 1), [token])).toEqual([])
  })

  it('cannot be made up, lengthened, or used for another project', async () => {
    const row = await closed()
    const { token, expires } = createPass(platform.ctx, row)
    const [id, , signature] = token.split('.')
    const other = await platform.make.project({ passwordHash: row.passwordHash })
    const forged = [
      `${id}.${expires + 60}.${signature}`,
      `${other.id}.${expires}.${signature}`,
      `${id}.${expires}.${'A'.repeat(43)}`,
      `${id}.${expires}`,
      '',
      'x',
    ]
    expect(await readPasses(platform.ctx, forged)).toEqual([])
  })
})

it.each([
  ['short', 415],
  ['', 415],
  ['six666', 204],
])('takes a password of six characters or more: %j', async (password, status) => {
  expect((await owner.put(path('password'), { password })).status).toBe(status)
})

it.each([
  ['PUT', { password: PASSWORD }],
  ['DELETE', undefined],
])('%s password is for owners only', async (method, body) => {
  expect((await client().send(method, path('password'), body)).status).toBe(401)
  expect((await stranger.client.send(method, path('password'), body)).status).toBe(403)
})
