import { captureMail, INBOX_SIZE } from '@manyhands/shared/mails/repository'
import { ApiClient } from '@manyhands/shared/testing/api-client'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { expect, it } from 'vitest'
import { createApp } from '../app.ts'

const platform = useTestPlatform()

async function clientOf(flags: { admin?: boolean }) {
  const { apiKey } = await platform.make.user(flags)
  const app = createApp(platform.ctx)
  return new ApiClient((request) => app.fetch(request), { authorization: apiKey })
}
const capture = (subject: string) =>
  captureMail(platform.ctx.db.primary, {
    recipient: 'somebody@example.org',
    subject,
    text: 'A text',
    html: '<p>A text</p>',
  })

it('is read by admins, newest first', async () => {
  await capture('older')
  await capture('newer')
  const { status, body } = await (await clientOf({ admin: true })).get('/api/admin/mails')
  expect(status).toBe(200)
  expect(body.map(({ subject }: { subject: string }) => subject)).toEqual(['newer', 'older'])
  expect(body[0]).toEqual({
    id: expect.any(Number),
    created: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    recipient: 'somebody@example.org',
    subject: 'newer',
    text: 'A text',
    html: '<p>A text</p>',
  })
})

it('is closed to everybody else', async () => {
  const app = createApp(platform.ctx)
  expect((await new ApiClient((r) => app.fetch(r)).get('/api/admin/mails')).status).toBe(401)
  expect((await (await clientOf({})).get('/api/admin/mails')).status).toBe(403)
})

it('is closed to admins too where mails are sent', async () => {
  const client = await clientOf({ admin: true })
  platform.ctx.config.SMTP_URL = 'smtp://localhost:25'
  const refused = await client.get('/api/admin/mails')
  delete platform.ctx.config.SMTP_URL
  expect([refused.status, refused.body.exception_msg]).toEqual([
    403,
    'Mails are sent here, and none is kept',
  ])
})

it('keeps the newest mails only', async () => {
  for (let at = 0; at <= INBOX_SIZE; at++) await capture(`mail ${at}`)
  const { body } = await (await clientOf({ admin: true })).get('/api/admin/mails')
  expect([body.length, body[0].subject, body.at(-1).subject]).toEqual([
    INBOX_SIZE,
    `mail ${INBOX_SIZE}`,
    'mail 1',
  ])
})
