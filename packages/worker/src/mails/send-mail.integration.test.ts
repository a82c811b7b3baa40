import { insertMailedLink, takeMailedLink } from '@manyhands/shared/mailed-links/repository'
import { readMailedLinkToken } from '@manyhands/shared/mailed-links/token'
import { sendMail } from '@manyhands/shared/mails/jobs'
import { orderMail } from '@manyhands/shared/mails/order-mail'
import { listCapturedMails } from '@manyhands/shared/mails/repository'
import { mails } from '@manyhands/shared/mails/table'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import type { UserRow } from '@manyhands/shared/users/table'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callJob } from '../../testing/call-job.ts'
import { startMailServer } from '../../testing/mail-server.ts'
import { relayBatch } from '../runtime/relay-batch.ts'
import { mailOrderedTopic } from './mail-ordered.ts'
import { sendMailJob } from './send-mail.ts'
import { sweepMailsJob } from './sweep-mails.ts'

const platform = useTestPlatform()
let refusal: number | undefined
let server: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  server = await startMailServer(() => refusal)
})
afterAll(() => server.stop())
beforeEach(() => {
  refusal = undefined
  platform.ctx.config.SMTP_URL = server.url
  server.received.length = 0
})

const ordered = (user: UserRow) =>
  platform.ctx.db.primary.select().from(mails).where(eq(mails.recipient, user.emailAddr))

async function order(user: UserRow): Promise<string> {
  await platform.ctx.db.primary.transaction((tx) => orderMail(tx, user, 'password-changed', {}))
  const [mail] = await ordered(user)
  return mail?.id ?? ''
}

const send = (mailId: string) => callJob(platform.ctx, sendMailJob, { mailId })

it('goes from the order through the outbox and the queue to its recipient', async () => {
  const { user } = await platform.make.user()
  const mailId = await order(user)

  await relayBatch(platform.ctx, [mailOrderedTopic])

  const jobs = await platform.ctx.producer.queues.interactive.getJobs(['waiting'])
  expect(jobs.map(({ name, data }) => [name, data])).toContainEqual([sendMail.name, { mailId }])
  await send(mailId)
  expect(server.received).toMatchObject([{ to: [user.emailAddr], from: 'noreply@localhost' }])
  const [{ raw } = { raw: '' }] = server.received
  expect(raw).toContain('Subject: Manyhands: your password was changed')
  expect(raw).toContain(`Message-ID: <${mailId}@localhost>`)
  expect(raw).toContain('text/plain')
  expect(raw).toContain('text/html')
  expect(await ordered(user)).toEqual([])
})

it('is not ordered by a transaction that fails', async () => {
  const { user } = await platform.make.user()
  const failing = platform.ctx.db.primary.transaction(async (tx) => {
    await orderMail(tx, user, 'password-changed', {})
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await ordered(user)).toEqual([])
})

it('is sent once, however often its job runs', async () => {
  const mailId = await order((await platform.make.user()).user)
  await send(mailId)
  await send(mailId)
  expect(server.received).toHaveLength(1)
})

it('carries a token that is nowhere but in the mail', async () => {
  const { db, secrets } = platform.ctx
  const { user } = await platform.make.user()
  const linkId = await db.primary.transaction(async (tx) => {
    const link = { purpose: 'reset-password' as const, userId: user.id, emailAddr: user.emailAddr }
    const id = await insertMailedLink(tx, link, 3_600)
    await orderMail(tx, user, 'reset-password', { linkId: id })
    return id
  })
  const [mail] = await ordered(user)
  expect(mail?.data).toEqual({ linkId })

  await send(mail?.id ?? '')

  const raw = server.received[0]?.raw.replaceAll('=\r\n', '') ?? ''
  const [, token = ''] = /http:\/\/localhost:3000\/account\/reset-password#(\S+)/.exec(raw) ?? []
  expect(readMailedLinkToken(secrets, 'reset-password', token)).toBe(linkId)
})

it('is not sent when its link is used up', async () => {
  const { db } = platform.ctx
  const { user } = await platform.make.user()
  await db.primary.transaction(async (tx) => {
    const link = { purpose: 'confirm-email' as const, userId: user.id, emailAddr: user.emailAddr }
    const id = await insertMailedLink(tx, link, 3_600)
    await orderMail(tx, user, 'confirm-address', { linkId: id })
    await takeMailedLink(tx, id, 'confirm-email')
  })
  const [mail] = await ordered(user)
  await send(mail?.id ?? '')
  expect([server.received, await ordered(user)]).toEqual([[], []])
})

describe('a server that', () => {
  it('cannot take it now gets it later', async () => {
    const { user } = await platform.make.user()
    const mailId = await order(user)
    refusal = 451
    await expect(send(mailId)).rejects.not.toThrow(PermanentError)
    expect(await ordered(user)).toHaveLength(1)
    refusal = undefined
    await send(mailId)
    expect(server.received).toHaveLength(1)
  })

  it('is away gets it later', async () => {
    const mailId = await order((await platform.make.user()).user)
    platform.ctx.config.SMTP_URL = 'smtp://127.0.0.1:1'
    await expect(send(mailId)).rejects.toThrow('ECONNREFUSED')
    platform.ctx.config.SMTP_URL = server.url
    await send(mailId)
    expect(server.received).toHaveLength(1)
  })

  it('will never take it is not asked again', async () => {
    const { user } = await platform.make.user()
    refusal = 550
    await expect(send(await order(user))).rejects.toThrow(PermanentError)
    expect(await ordered(user)).toEqual([])
  })
})

it('is kept in the development inbox where there is no server', async () => {
  delete platform.ctx.config.SMTP_URL
  const { user } = await platform.make.user()
  await send(await order(user))
  expect(server.received).toEqual([])
  expect(await listCapturedMails(platform.ctx.db.primary, 1)).toMatchObject([
    { recipient: user.emailAddr, subject: 'Manyhands: your password was changed' },
  ])
})

it('is found again when its job was lost, and dropped after days', async () => {
  const { ctx } = platform
  const { user } = await platform.make.user()
  const lost = await order(user)
  await ctx.db.primary.execute(
    sql`update mails set created = now() - interval '10 minutes' where id = ${lost}`,
  )
  const { user: another } = await platform.make.user()
  const old = await order(another)
  await ctx.db.primary.execute(
    sql`update mails set created = now() - interval '4 days' where id = ${old}`,
  )
  const { user: third } = await platform.make.user()
  const young = await order(third)

  await callJob(ctx, sweepMailsJob, {})

  const jobs = await ctx.producer.queues.interactive.getJobs(['waiting'])
  const queued = jobs.map(({ data }) => data.mailId)
  expect([queued.includes(lost), queued.includes(young)]).toEqual([true, false])
  expect(await ordered(another)).toEqual([])
})

it('is not kept waiting by a busy project', async () => {
  const { ctx } = platform
  const project = await platform.make.project()
  const mailId = await order((await platform.make.user()).user)
  const batch = await relayBatch(ctx, [mailOrderedTopic], [project.id])
  expect(batch.relayed).toBeGreaterThan(0)
  const jobs = await ctx.producer.queues.interactive.getJobs(['waiting'])
  expect(jobs.map(({ data }) => data.mailId)).toContain(mailId)
})
