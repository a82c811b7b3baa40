import { sessions } from '@manyhands/shared/sessions/table'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
const browser = () => new ApiClient((request) => app.fetch(request))
const person = (name: string) => ({
  name,
  fullname: `${name} Person`,
  email_addr: `${name}@example.org`,
  password: 'correct horse battery',
})

describe('an account', () => {
  it('is signed in by registering, and out by signing out', async () => {
    const client = browser()
    const registered = await client.post('/api/account', person('ada'))
    expect(registered.body.user).toMatchObject({
      name: 'ada',
      email_addr: 'ada@example.org',
      admin: false,
    })
    expect((await client.get('/api/session')).body.user.name).toBe('ada')
    expect((await client.delete('/api/session')).status).toBe(204)
    expect((await client.get('/api/session')).body.user).toBeNull()
  })

  it('has a session that says which program opened it', async () => {
    const agent = 'Mozilla/5.0 (a browser)'
    const opened = await browser().post('/api/account', person('mary'), { 'user-agent': agent })
    const rows = await platform.ctx.db.primary.select().from(sessions)
    expect(rows.filter((row) => row.userId === opened.body.user.id)).toMatchObject([
      { userAgent: agent },
    ])
  })

  it('signs in by name or e-mail address, however capitalised', async () => {
    await browser().post('/api/account', person('grace'))
    for (const login of ['Grace', 'GRACE@example.org']) {
      const { status, body } = await browser().post('/api/session', {
        login,
        password: 'correct horse battery',
      })
      expect([status, body.user.name]).toEqual([200, 'grace'])
    }
  })

  it('answers an unknown name and a wrong password alike', async () => {
    await browser().post('/api/account', person('joan'))
    const wrong = await browser().post('/api/session', { login: 'joan', password: 'nonsense' })
    const unknown = await browser().post('/api/session', { login: 'nobody', password: 'nonsense' })
    expect([wrong.status, wrong.body.exception_msg]).toEqual([401, unknown.body.exception_msg])
    expect(unknown.status).toBe(401)
  })

  it('is not guessed: after ten wrong passwords from one place even the right one has to wait', async () => {
    await browser().post('/api/account', person('rosalind'))
    const guess = (password: string, login = 'rosalind') =>
      browser().post('/api/session', { login, password })
    for (let at = 0; at < 10; at++) expect((await guess(`guess ${at}`)).status).toBe(401)
    const refused = await guess('correct horse battery')
    expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true])
    // A name that nobody has is counted alike.
    for (let at = 0; at < 10; at++) await guess(`guess ${at}`, 'nobody-at-all')
    expect((await guess('guess', 'nobody-at-all')).status).toBe(429)
  })

  it.each([
    ['name', { ...person('taken'), email_addr: 'free@example.org' }],
    ['email_addr', { ...person('free'), email_addr: 'TAKEN@example.org' }],
  ])('is refused a taken %s, by name', async (field, body) => {
    await browser().post('/api/account', person('taken'))
    const refused = await browser().post('/api/account', body)
    expect([refused.status, refused.body.issues[0].field]).toEqual([415, field])
  })

  it('shows its API key to itself only, and the key signs requests', async () => {
    const client = browser()
    await client.post('/api/account', person('linus'))
    const { api_key } = (await client.get('/api/account/api-key')).body
    expect(
      (await new ApiClient((r) => app.fetch(r), { authorization: api_key }).get('/api/session'))
        .body.user.name,
    ).toBe('linus')
    expect((await browser().get(`/api/session?api_key=${api_key}`)).body.user.name).toBe('linus')
    expect((await browser().get('/api/account/api-key')).status).toBe(401)
  })

  it('keeps what its volunteer answered before there was an account', async () => {
    const project = await platform.make.project()
    await platform.make.tasks(2, { project, redundancy: 2 })
    const client = browser()
    await client.get('/api/session')
    const task = (await client.get(`/api/project/${project.id}/newtask`)).body
    await client.post('/api/taskrun', { project_id: project.id, task_id: task.id, info: 'owl' })
    const { user } = (await client.post('/api/account', person('katherine'))).body

    const runs = (await client.get(`/api/taskrun?project_id=${project.id}&all=1`)).body
    expect(runs).toMatchObject([{ task_id: task.id, user_id: user.id, user_ip: null }])
    expect((await client.get(`/api/project/${project.shortName}/userprogress`)).body).toEqual({
      done: 1,
      total: 2,
    })
    expect((await client.get(`/api/project/${project.id}/newtask`)).body.id).not.toBe(task.id)
  })
})

describe('another site', () => {
  it('cannot sign a browser in to an account of its own', async () => {
    await browser().post('/api/account', person('eve'))
    const signIn = { login: 'eve', password: 'correct horse battery' }
    const forged = await browser().post('/api/session', signIn, { origin: 'https://evil.example' })
    expect([forged.status, forged.headers.getSetCookie()]).toEqual([403, []])
  })

  it('cannot change anything with the cookies of a browser', async () => {
    const client = browser()
    await client.post('/api/account', person('mallory'))
    const project = { name: 'forged', short_name: 'forged', description: 'x' }
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
    ]
    for (const headers of foreign) {
      expect((await client.post('/api/project', project, headers)).status).toBe(403)
    }
    expect(
      (await client.post('/api/project', project, { origin: 'http://localhost:3000' })).status,
    ).toBe(200)
  })
})
