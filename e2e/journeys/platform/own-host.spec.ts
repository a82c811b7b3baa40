import { expect, test } from '../../support/journey.ts'
import { open, PAGES } from '../../support/pages.ts'
import { haveSignedIn } from '../../support/sign-in.ts'

test('no page asks another host for anything', async ({ page, context, demo, baseURL }) => {
  const hosts = new Set<string>()
  context.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    if (protocol.startsWith('http')) hosts.add(host)
  })
  await haveSignedIn(page, { login: demo.email, password: demo.password })
  for (const known of PAGES) await open(page, known)
  expect([...hosts]).toEqual([new URL(baseURL ?? '').host])
})
