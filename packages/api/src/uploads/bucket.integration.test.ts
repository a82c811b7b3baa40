import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { startS3 } from '@manyhands/shared/testing/s3-server'
import { afterAll, expect, it } from 'vitest'
import { createApp } from '../app.ts'
import { form, picture } from './uploads.fixture.ts'

let s3: Awaited<ReturnType<typeof startS3>>
const platform = useTestPlatform({
  env: async () => {
    s3 = await startS3()
    const settings = s3.config('files') as Record<string, string>
    return { ...settings, UPLOADS_URL: 'https://cdn.example.org/media/' }
  },
})
afterAll(() => s3.close())

it('a platform with a bucket and a CDN names the CDN, and still serves the file itself', async () => {
  const app = createApp(platform.ctx)
  const { apiKey } = await platform.make.user()
  const person = new ApiClient((request) => app.fetch(request), { authorization: apiKey })
  const { body } = await person.post(
    '/api/account/avatar',
    form({ file: [await picture('png'), 'a'] }),
  )
  const [, key] =
    /^https:\/\/cdn\.example\.org\/media\/(user_\d+\/.*\.webp)$/.exec(body.avatar_url) ?? []

  const shown = await app.request(`/uploads/${key}`, { headers: { range: 'bytes=0-3' } })
  expect([shown.status, await shown.text()]).toEqual([206, 'RIFF'])
  const direct = await fetch(`${s3.url}/${s3.bucket}/files/${key}`)
  expect(direct.headers.get('content-type')).toBe('image/webp')
  await person.delete('/api/account/avatar')
  expect((await app.request(`/uploads/${key}`)).status).toBe(404)
})
