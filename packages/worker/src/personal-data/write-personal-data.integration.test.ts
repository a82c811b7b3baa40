import { writePersonalData } from '@manyhands/shared/personal-data/jobs'
import { personalDataKey } from '@manyhands/shared/personal-data/names'
import { findPersonalData, requestPersonalData } from '@manyhands/shared/personal-data/repository'
import { insertSession } from '@manyhands/shared/sessions/repository'
import type { Storage } from '@manyhands/shared/storage/storage'
import { orderedMails } from '@manyhands/shared/testing/ordered-mails'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { accountVolunteer } from '@manyhands/shared/volunteers/identity'
import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { storeAnswer } from '../../testing/answers.ts'
import { callJob } from '../../testing/call-job.ts'
import { readZip } from '../../testing/read-archive.ts'
import { sweepPersonalDataJob } from './sweep-personal-data.ts'
import { writePersonalDataJob } from './write-personal-data.ts'

const platform = useTestPlatform()

async function order(userId: number): Promise<string> {
  const row = await requestPersonalData(platform.ctx.db.primary, userId)
  if (!row) throw new Error('there is no such account')
  return row.id
}
const write = (exportId: string) => callJob(platform.ctx, writePersonalDataJob, { exportId })

it('holds everything of the account, of nobody else, and no secret', async () => {
  const { ctx, make } = platform
  const { user, apiKey } = await make.user()
  const { user: other } = await make.user()
  const own = await make.project({ ownerId: user.id })
  const tasks = await make.tasks(1_100, { project: await make.project(), redundancy: 2 })
  for (const [at, task] of tasks.slice(0, 3).entries()) {
    await storeAnswer(ctx, task, { volunteer: accountVolunteer(user.id), info: { mine: at } })
    await storeAnswer(ctx, task, { volunteer: accountVolunteer(other.id), info: { theirs: at } })
  }
  // More than a page.
  await ctx.db.primary.execute(sql`
    insert into task_runs (project_id, task_id, user_id, finish_time, info, volunteer_key, answer_hash)
    select project_id, id, ${user.id}, clock_timestamp(), '{"many": true}', ${`account:${user.id}`}, 'hash'
    from tasks where project_id = ${tasks[0]?.projectId} and n_task_runs = 0`)
  await ctx.db.primary.execute(sql`
    update tasks set fav_user_ids = array[${user.id}::int] where id = ${tasks[5]?.id}`)
  await ctx.db.primary.execute(sql`
    insert into audit_log (project_id, project_short_name, user_id, user_name, action, caller, attribute)
    values (${own.id}, 'own', ${user.id}, ${user.name}, 'create', 'api', 'project')`)
  await insertSession(ctx.db.primary, {
    tokenHash: Buffer.from('secret-token-hash'),
    userId: user.id,
    expires: new Date(Date.now() + 60_000),
    userAgent: 'My browser',
  })
  const exportId = await order(user.id)

  await write(exportId)

  const members = await readZip(ctx, personalDataKey(user.id, exportId))
  const read = (name: string) => JSON.parse(members.get(`${name}.json`) ?? '')
  expect([...members.keys()].sort()).toEqual(
    ['account', 'blogposts', 'changes', 'favourites', 'identities', 'passkeys', 'projects']
      .concat('sessions', 'task_runs')
      .map((name) => `${name}.json`),
  )
  expect(read('account')).toMatchObject({ id: user.id, email_addr: user.emailAddr })
  expect(read('projects').map(({ id }: { id: number }) => id)).toEqual([own.id])
  const runs: Array<{ user_id: number }> = read('task_runs')
  expect([runs.length, new Set(runs.map(({ user_id }) => user_id))]).toEqual([
    1_100,
    new Set([user.id]),
  ])
  expect(read('favourites')).toEqual([{ id: tasks[5]?.id, project_id: tasks[5]?.projectId }])
  expect(read('changes')).toMatchObject([{ project: 'own', action: 'create' }])
  expect(read('sessions')).toMatchObject([{ user_agent: 'My browser' }])
  const all = [...members.values()].join('\n')
  for (const secret of [apiKey, user.passwdHash, user.apiKeySealed, own.secretKey, 'secret-token'])
    expect(all).not.toContain(secret)
  expect(await findPersonalData(ctx.db.primary, exportId)).toMatchObject({ state: 'done' })
  expect(await orderedMails(ctx, user.emailAddr)).toMatchObject([
    { kind: 'personal-data-ready', data: { exportId } },
  ])
})

it('is written and told once, however often its job runs', async () => {
  const { user } = await platform.make.user()
  const exportId = await order(user.id)
  await Promise.all([write(exportId), write(exportId)])
  await write(exportId)
  expect(await orderedMails(platform.ctx, user.emailAddr)).toHaveLength(1)
})

it('leaves no file when the account is erased meanwhile', async () => {
  const { ctx } = platform
  const { user } = await platform.make.user()
  const exportId = await order(user.id)
  // The account goes while its archive is being stored.
  const storage: Storage = {
    async put(...stored) {
      const written = await ctx.storage.put(...stored)
      await ctx.db.primary.execute(sql`delete from users where id = ${user.id}`)
      return written
    },
    open: (...args) => ctx.storage.open(...args),
    size: (key) => ctx.storage.size(key),
    remove: (key) => ctx.storage.remove(key),
    removeFolder: (folder) => ctx.storage.removeFolder(folder),
  }
  await callJob({ ...ctx, storage }, writePersonalDataJob, { exportId })
  await expect(ctx.storage.size(personalDataKey(user.id, exportId))).rejects.toThrow()
})

it('is queued again when its job was lost, and removed after three days', async () => {
  const { ctx } = platform
  const { user } = await platform.make.user()
  const lost = await order(user.id)
  await ctx.db.primary.execute(
    sql`update personal_data_exports set created = now() - interval '2 minutes' where id = ${lost}`,
  )
  const { user: another } = await platform.make.user()
  const old = await order(another.id)
  await write(old)
  await ctx.db.primary.execute(
    sql`update personal_data_exports set created = now() - interval '73 hours' where id = ${old}`,
  )

  await callJob(ctx, sweepPersonalDataJob, {})

  const jobs = await ctx.producer.queues.interactive.getJobs(['waiting'])
  const queued = jobs.filter(({ name }) => name === writePersonalData.name)
  expect(queued.map(({ data }) => data.exportId)).toEqual([lost])
  expect(await findPersonalData(ctx.db.primary, old)).toBeUndefined()
  await expect(ctx.storage.size(personalDataKey(another.id, old))).rejects.toThrow()
})
