import { insertMailedLink } from '@manyhands/shared/mailed-links/repository'
import { mailedLinks } from '@manyhands/shared/mailed-links/table'
import { insertSession } from '@manyhands/shared/sessions/repository'
import { sessions } from '@manyhands/shared/sessions/table'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { callJob } from '../../testing/call-job.ts'
import { cleanSessionsJob } from './clean-sessions.ts'

const platform = useTestPlatform()

it('removes what has expired, however much, and nothing else', async () => {
  const { db } = platform.ctx
  const { user } = await platform.make.user()
  const { id: userId, emailAddr } = user
  await db.primary.execute(sql`
    insert into sessions (token_hash, user_id, expires)
    select sha256(i::text::bytea), ${userId}, now() - interval '1 second' from generate_series(1, 2100) i`)
  await db.primary.execute(sql`
    insert into mailed_links (purpose, user_id, email_addr, expires)
    select 'reset-password', ${userId}, ${emailAddr}, now() - interval '1 second' from generate_series(1, 2100)`)
  const alive = Buffer.from('alive')
  const expires = new Date(Date.now() + 60_000)
  await insertSession(db.primary, { tokenHash: alive, userId, expires, userAgent: null })
  const link = { purpose: 'confirm-email' as const, userId, emailAddr }
  const linkId = await insertMailedLink(db.primary, link, 60)

  await callJob(platform.ctx, cleanSessionsJob, {})

  const left = await db.primary.select().from(sessions)
  expect(left.map(({ tokenHash }) => Buffer.from(tokenHash).toString())).toEqual(['alive'])
  expect((await db.primary.select().from(mailedLinks)).map(({ id }) => id)).toEqual([linkId])
})
