import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let fetch: (headers?: Record<string, string>) => ApiClient
beforeAll(() => {
  const app = createApp(platform.ctx)
  fetch = (headers = {}) => new ApiClient((request) => app.fetch(request), headers)
})

async function openProject() {
  const { user, apiKey } = await platform.make.user()
  const project = await platform.make.project({ ownerId: user.id })
  const [task] = await platform.make.tasks(2, { project, redundancy: 2 })
  const path = `/api/projects/${project.shortName}/secret-key`
  const { secret_key } = (await fetch({ authorization: apiKey }).get(path)).body
  const token = `/api/auth/project/${project.shortName}/token`
  return { project, task, apiKey, path, token, secret_key }
}

describe('an outside application', () => {
  it('gets a token for the secret key, and its users answer once each', async () => {
    const { project, token, secret_key } = await openProject()
    const jwt = (await fetch({ authorization: secret_key }).get(token)).body
    const phone = fetch({ authorization: `Bearer ${jwt}` })
    for (const uid of ['ann', 'bob']) {
      const task = (await phone.get(`/api/project/${project.id}/newtask?external_uid=${uid}`)).body
      const run = { project_id: project.id, task_id: task.id, info: 'owl', external_uid: uid }
      const stored = await phone.post(`/api/taskrun?external_uid=${uid}`, run)
      expect(stored.body).toMatchObject({ external_uid: uid, user_id: null, user_ip: null })
      const progress = await phone.get(
        `/api/project/${project.id}/userprogress?external_uid=${uid}`,
      )
      expect(progress.body).toEqual({ done: 1, total: 2 })
    }
  })

  it.each([
    ['no header', {}, 'invalid_header', 'Missing Authorization header'],
    [
      'another scheme',
      { authorization: 'Basic x' },
      'invalid_header',
      'Authorization header must start with Bearer',
    ],
    ['no token', { authorization: 'Bearer' }, 'invalid_header', 'Token not found'],
    [
      'two tokens',
      { authorization: 'Bearer a b' },
      'invalid_header',
      'Authorization header must be Bearer + token',
    ],
    [
      'nonsense',
      { authorization: 'Bearer nonsense' },
      'Decode error',
      'Signature verification failed',
    ],
  ])('with %s is told what is wrong', async (_what, headers, code, description) => {
    const { project, task } = await openProject()
    const client = fetch(headers as unknown as Record<string, string>)
    const { status, body } = await client.get(`/api/project/${project.id}/newtask?external_uid=x`)
    expect([status, body]).toEqual([401, { code, description }])
    const run = { project_id: project.id, task_id: task?.id, external_uid: 'x' }
    const refused = await client.post('/api/taskrun', run)
    expect([refused.status, refused.body.exception_msg]).toEqual([403, description])
  })

  it('is shut out by a new secret key, and by the token of another project', async () => {
    const one = await openProject()
    const other = await openProject()
    const jwt = (await fetch({ authorization: one.secret_key }).get(one.token)).body
    const phone = fetch({ authorization: `Bearer ${jwt}` })
    const ask = (id: number) => phone.get(`/api/project/${id}/newtask?external_uid=x`)
    expect((await ask(one.project.id)).status).toBe(200)
    expect((await ask(other.project.id)).status).toBe(401)
    await fetch({ authorization: one.apiKey }).post(one.path)
    expect((await ask(one.project.id)).status).toBe(401)
    expect((await fetch({ authorization: one.secret_key }).get(one.token)).status).toBe(404)
    expect((await fetch().get(one.token)).status).toBe(403)
    expect((await fetch().get(one.path)).status).toBe(401)
  })
})
