import { Readable } from 'node:stream'
import { personalDataKey } from '@manyhands/shared/personal-data/names'
import { finishPersonalData } from '@manyhands/shared/personal-data/repository'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()
let app: ReturnType<typeof createApp>
beforeAll(() => {
  app = createApp(platform.ctx)
})
const anonymous = () => new ApiClient((request) => app.fetch(request))

async function signedIn() {
  const { user, apiKey } = await platform.make.user({ password: 'correct horse' })
  const client = anonymous()
  await client.post('/api/session', { login: user.name, password: 'correct horse' })
  const script = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  return { user, client, script }
}

it('is ordered once, and shows a link that opens it for a while', async () => {
  const { ctx } = platform
  const { user, client } = await signedIn()
  expect((await client.get('/api/account/export')).body).toEqual({ export: null })
  const ordered = await client.post('/api/account/export')
  expect([ordered.status, ordered.body.export]).toEqual([
    200,
    expect.objectContaining({ state: 'waiting', bytes: null, download_url: null }),
  ])
  expect((await client.post('/api/account/export')).body.export.id).toBe(ordered.body.export.id)
  const { id } = ordered.body.export
  await ctx.storage.put(personalDataKey(user.id, id), Readable.from(['an archive']))
  await finishPersonalData(ctx.db.primary, id, { state: 'done', bytes: 10 })

  const { body } = await client.get('/api/account/export')

  expect(body.export).toMatchObject({ state: 'done', bytes: 10 })
  const file = await anonymous().get(body.export.download_url)
  expect([file.status, file.body, file.headers.get('content-disposition')]).toEqual([
    200,
    'an archive',
    expect.stringContaining('personal-data.zip'),
  ])
  const url = body.export.download_url.replace(/signature=./, 'signature=_')
  expect((await anonymous().get(url)).status).toBe(403)
  const other = body.export.download_url.replace(id, crypto.randomUUID())
  expect((await anonymous().get(other)).status).toBe(403)
  ctx.clock = () => Date.now() + 2 * 86_400_000
  expect((await anonymous().get(body.export.download_url)).status).toBe(403)
  ctx.clock = Date.now
})

it('is for the person in front of the account', async () => {
  const { script } = await signedIn()
  for (const method of ['GET', 'POST']) {
    expect((await script.send(method, '/api/account/export')).status).toBe(403)
    expect((await anonymous().send(method, '/api/account/export')).status).toBe(401)
  }
})
