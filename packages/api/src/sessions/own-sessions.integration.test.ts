import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})

async function browsers(count: number) {
  const { user, apiKey } = await platform.make.user({ password: 'correct horse' })
  const clients = []
  for (let at = 0; at < count; at++) {
    const client = new ApiClient((request) => app.fetch(request), { 'user-agent': `Browser ${at}` })
    await client.post('/api/session', { login: user.name, password: 'correct horse' })
    clients.push(client)
  }
  return { user, apiKey, clients: clients as [ApiClient, ApiClient, ApiClient] }
}
const isIn = async (client: ApiClient) => (await client.get('/api/session')).body.user !== null

it('shows where an account is signed in, and which session asks', async () => {
  const { clients } = await browsers(2)
  const { status, body } = await clients[0].get('/api/account/sessions')
  expect(status).toBe(200)
  expect(body).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      created: expect.stringMatching(/Z$/),
      expires: expect.stringMatching(/Z$/),
      user_agent: 'Browser 1',
      current: false,
    },
    expect.objectContaining({ user_agent: 'Browser 0', current: true }),
  ])
})

it('ends one session at once', async () => {
  const { clients } = await browsers(3)
  expect(await isIn(clients[1])).toBe(true)
  const { body } = await clients[0].get('/api/account/sessions')
  const [, second] = body
  expect((await clients[0].delete(`/api/account/sessions/${second.id}`)).status).toBe(204)
  expect(await Promise.all(clients.map(isIn))).toEqual([true, false, true])
  expect((await clients[0].delete(`/api/account/sessions/${second.id}`)).status).toBe(404)
})

it('ends all others at once', async () => {
  const { clients } = await browsers(3)
  expect(await Promise.all(clients.map(isIn))).toEqual([true, true, true])
  expect((await clients[1].delete('/api/account/sessions')).status).toBe(204)
  expect(await Promise.all(clients.map(isIn))).toEqual([false, true, false])
})

it('is nobody else’s business', async () => {
  const { clients } = await browsers(1)
  const { body } = await clients[0].get('/api/account/sessions')
  const other = (await browsers(1)).clients[0]
  expect((await other.delete(`/api/account/sessions/${body[0].id}`)).status).toBe(404)
  expect(await isIn(clients[0])).toBe(true)
  expect((await new ApiClient((r) => app.fetch(r)).get('/api/account/sessions')).status).toBe(401)
})

it('is not shown to a script', async () => {
  const { apiKey } = await browsers(1)
  const script = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  expect((await script.get('/api/account/sessions')).status).toBe(403)
  expect((await script.delete('/api/account/sessions')).status).toBe(403)
})
