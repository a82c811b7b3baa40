import { signMessage } from '@manyhands/shared/disqus/sign-message'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { describe, expect, it } from 'vitest'
import { createApp } from '../app.ts'

const KEYS = { DISQUS_PUBLIC_KEY: 'public', DISQUS_SECRET_KEY: 'hidden' }
const without = useTestPlatform({ env: { BRAND: 'Owls & Co' } })
const configured = useTestPlatform({ env: KEYS })

const clientOf = (platform: typeof without, key?: string) => {
  const app = createApp(platform.ctx)
  return new ApiClient((request) => app.fetch(request), key ? { authorization: key } : {})
}

describe('single sign-on to Disqus', () => {
  it('is refused where there are no keys', async () => {
    expect(await clientOf(without).get('/api/disqus/sso')).toMatchObject({
      status: 405,
      body: {
        action: 'GET',
        target: 'DISQUS_SSO',
        exception_cls: 'MethodNotAllowed',
        exception_msg: 'Disqus keys are missing',
      },
    })
  })

  it('signs the caller, or nobody', async () => {
    const { user, apiKey } = await configured.make.user()
    for (const [client, person] of [
      [clientOf(configured, apiKey), { id: user.id, username: user.name, email: user.emailAddr }],
      [clientOf(configured), null],
    ] as const) {
      const { status, body } = await client.get('/api/disqus/sso')
      const [message = '', , time] = body.remote_auth_s3.split(' ')
      expect([status, body.api_key]).toEqual([200, 'public'])
      expect(JSON.parse(Buffer.from(message, 'base64').toString())).toEqual(person ?? {})
      expect(body.remote_auth_s3).toBe(signMessage(person, 'hidden', Number(time)))
      expect(JSON.stringify(body)).not.toContain('hidden')
    }
  })
})

it('greets under the name of the site', async () => {
  const { status, body, headers } = await clientOf(without).get('/api/')
  expect([status, body]).toEqual([200, 'The Owls & Co API'])
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect((await clientOf(without).get('/api')).status).toBe(404)
})
