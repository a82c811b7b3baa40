import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { eraseAccount } from '@manyhands/shared/erasure/jobs'
import { stripAccount } from '@manyhands/shared/erasure/strip-account'
import { personalDataKey } from '@manyhands/shared/personal-data/names'
import { createResult } from '@manyhands/shared/results/repository'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { attachUpload, insertUpload } from '@manyhands/shared/uploads/repository'
import { lockUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { accountVolunteer } from '@manyhands/shared/volunteers/identity'
import { type SQL, sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { newVolunteer, storeAnswer } from '../../testing/answers.ts'
import { callJob } from '../../testing/call-job.ts'
import { relayBatch } from '../runtime/relay-batch.ts'
import { refreshProjectStatsJob } from '../stats/refresh-project-stats.ts'
import { taskRunStoredTopic } from '../task-runs/task-run-stored.ts'
import { accountErasedTopic } from './account-erased.ts'
import { eraseAccountJob } from './erase-account.ts'
import { sweepErasuresJob } from './sweep-erasures.ts'

const platform = useTestPlatform()
const rows = async (query: SQL) => [...(await platform.ctx.db.primary.execute(query))]
const relay = () => relayBatch(platform.ctx, [taskRunStoredTopic, accountErasedTopic])
const erase = (userId: number) => callJob(platform.ctx, eraseAccountJob, { userId })

function strip(user: UserRow) {
  return platform.ctx.db.primary.transaction(async (tx) => {
    const locked = await lockUser(tx, user.id)
    return locked && stripAccount(tx, locked)
  })
}

/** Two projects with answers of the account, of another one and of a browser; two with a result each. */
async function history() {
  const { ctx, make } = platform
  const { user } = await make.user()
  const { user: other } = await make.user()
  const projects = [await make.project(), await make.project()]
  for (const project of projects) {
    const browser = newVolunteer()
    for (const task of await make.tasks(3, { project, redundancy: 3 })) {
      for (const volunteer of [accountVolunteer(user.id), accountVolunteer(other.id), browser]) {
        await storeAnswer(ctx, task, { volunteer, info: { by: volunteer.key, task: task.id } })
      }
    }
    await relay()
    const [first] = await rows(
      sql`select min(id) as id from tasks where project_id = ${project.id}`,
    )
    await createResult(ctx.db.primary, Number(first?.id))
    await callJob(ctx, refreshProjectStatsJob, { projectId: project.id })
  }
  return { user, other, projects, ids: projects.map(({ id }) => id) }
}

/** Everything that people rely on, and how the answers group by volunteer. */
async function contributions(ids: number[]) {
  return {
    runs: await rows(
      sql`select id, project_id, task_id, info, created, finish_time, surplus from task_runs where project_id in ${ids} order by id`,
    ),
    results: await rows(sql`select * from results where project_id in ${ids} order by id`),
    tasks: await rows(
      sql`select id, state, n_task_runs, n_answers, info from tasks where project_id in ${ids} order by id`,
    ),
    volunteers: await rows(
      sql`select project_id, count(distinct volunteer_key)::int as n from task_runs where project_id in ${ids} group by 1 order by 1`,
    ),
    counted: await rows(
      sql`select project_id, n_task_runs, last_activity from project_volunteers where project_id in ${ids} order by project_id, last_activity`,
    ),
    stats: await rows(
      sql`select project_id, n_tasks, n_task_runs, n_results, n_volunteers, n_completed_tasks, overall_progress, round(average_time::numeric, 9) as average_time from project_stats where project_id in ${ids} order by 1`,
    ),
  }
}

/** Every table with a column that names accounts. */
async function traces(userId: number) {
  const [found] = await rows(sql`select
    (select count(*) from users where id = ${userId})::int as users,
    (select count(*) from task_runs where user_id = ${userId} or volunteer_key = ${`account:${userId}`})::int as runs,
    (select count(*) from project_volunteers where user_id = ${userId} or volunteer_key = ${`account:${userId}`})::int as volunteers,
    (select count(*) from tasks where fav_user_ids @> array[${userId}]::int[])::int as favourites,
    (select count(*) from audit_log where user_id = ${userId} and user_name <> 'erased')::int as audit,
    (select count(*) from archived_rows where content ->> 'user_id' = ${String(userId)})::int as archived,
    (select count(*) from leaderboard_entries where user_id = ${userId})::int as leaderboard,
    (select count(*) from blogposts where user_id = ${userId})::int as posts,
    (select count(*) from outbox where payload ->> 'volunteerKey' = ${`account:${userId}`})::int as outbox`)
  return found
}
const NOTHING = {
  users: 0,
  runs: 0,
  volunteers: 0,
  favourites: 0,
  audit: 0,
  archived: 0,
  leaderboard: 0,
  posts: 0,
  outbox: 0,
}

describe('an erasure', () => {
  it('loses no answer, no result and no count', async () => {
    const { user, ids } = await history()
    const before = await contributions(ids)
    expect(before.volunteers.map(({ n }) => n)).toEqual([3, 3])
    expect([before.runs.length, before.results.length]).toEqual([18, 2])

    await strip(user)
    await erase(user.id)

    expect(await contributions(ids)).toEqual(before)
    expect(await traces(user.id)).toEqual(NOTHING)
    for (const id of ids) await callJob(platform.ctx, refreshProjectStatsJob, { projectId: id })
    expect(await contributions(ids)).toEqual(before)
  })

  it('makes one nobody per project, who is another in each, and keeps no address', async () => {
    const { user, ids } = await history()
    await strip(user)
    await erase(user.id)
    const nobodies = await rows(sql`
      select project_id, volunteer_key, count(*)::int as n from task_runs
      where project_id in ${ids} and volunteer_key like 'erased:%' and user_id is null and user_ip is null
      group by 1, 2 order by 1`)
    expect(nobodies.map(({ project_id, n }) => [project_id, n])).toEqual(ids.map((id) => [id, 3]))
    expect(new Set(nobodies.map(({ volunteer_key }) => volunteer_key)).size).toBe(2)
  })

  it('removes every other trace', async () => {
    const { user, projects, ids } = await history()
    const { ctx } = platform
    const [id] = ids
    await rows(
      sql`update tasks set fav_user_ids = array[${user.id}::int, 77] where project_id = ${id}`,
    )
    await rows(sql`insert into audit_log (project_id, project_short_name, user_id, user_name, action, caller, attribute)
      values (${id}, 'x', ${user.id}, ${user.name}, 'update', 'api', 'name')`)
    await rows(
      sql`insert into blogposts (project_id, user_id, title, body) values (${id}, ${user.id}, 'A title', 'x')`,
    )
    await rows(sql`insert into leaderboard_entries values ('task_runs', ${user.id}, 3, 1)`)
    await rows(sql`with one as (insert into archives (project_id, n_task_runs, n_results) values (${id}, 1, 0) returning id)
      insert into archived_rows select id, 'task_run', 1, ${JSON.stringify({ id: 1, user_id: user.id, info: 'kept' })}::jsonb from one`)
    await insertUpload(ctx.db.primary, {
      key: `user_${user.id}/a.png`,
      kind: 'avatar',
      projectId: null,
      userId: user.id,
    })
    await attachUpload(ctx.db.primary, `user_${user.id}/a.png`, 'avatar', user.id)
    for (const key of [
      `user_${user.id}/a.png`,
      personalDataKey(user.id, 'x'),
      `user_${user.id}/answer.png`,
    ])
      await ctx.storage.put(key, Readable.from(['a file']))

    await strip(user)
    await erase(user.id)

    expect(await traces(user.id)).toEqual(NOTHING)
    expect(
      await rows(sql`select fav_user_ids from tasks where project_id = ${id} limit 1`),
    ).toEqual([{ fav_user_ids: [77] }])
    expect(await rows(sql`select user_id, title from blogposts where project_id = ${id}`)).toEqual([
      { user_id: null, title: 'A title' },
    ])
    const [archived] = await rows(sql`select content::text as content from archived_rows`)
    expect(JSON.parse(String(archived?.content))).toEqual({
      id: 1,
      user_id: null,
      user_ip: null,
      info: 'kept',
    })
    await expect(ctx.storage.size(`user_${user.id}/a.png`)).rejects.toThrow()
    await expect(ctx.storage.size(personalDataKey(user.id, 'x'))).rejects.toThrow()
    expect(await text(await ctx.storage.open(`user_${user.id}/answer.png`))).toBe('a file')
    expect(projects).toHaveLength(2)
    const stats = await rows(sql`select info from project_stats where project_id = ${id}`)
    await callJob(ctx, refreshProjectStatsJob, { projectId: Number(id) })
    const [after] = await rows(
      sql`select info::text as info from project_stats where project_id = ${id}`,
    )
    expect(stats).toHaveLength(1)
    expect(String(after?.info)).not.toContain(`"${user.name}"`)
  })

  it('goes on where it was killed', async () => {
    const { ctx, make } = platform
    const { user } = await make.user()
    const project = await make.project()
    await make.tasks(1_300, { project, redundancy: 1 })
    await rows(sql`
      insert into task_runs (project_id, task_id, user_id, finish_time, info, volunteer_key, answer_hash)
      select project_id, id, ${user.id}, clock_timestamp(), to_jsonb(id), ${`account:${user.id}`}, 'hash'
      from tasks where project_id = ${project.id}`)
    const before = await contributions([project.id])
    await strip(user)

    const kill = new AbortController()
    const killed = eraseAccountJob.run({ ...ctx, signal: kill.signal }, { userId: user.id }, () =>
      kill.abort(new Error('killed')),
    )
    await expect(killed).rejects.toThrow('killed')
    const half = await rows(
      sql`select count(*)::int as n from task_runs where user_id = ${user.id}`,
    )
    expect(half).toEqual([{ n: 800 }])

    await erase(user.id)
    await erase(user.id)

    expect((await contributions([project.id])).runs).toEqual(before.runs)
    expect((await contributions([project.id])).volunteers).toEqual(before.volunteers)
    expect(await traces(user.id)).toEqual(NOTHING)
  })

  it('counts answers right that the relay had not counted yet', async () => {
    const { ctx, make } = platform
    const { user } = await make.user()
    const project = await make.project()
    const tasks = await make.tasks(4, { project, redundancy: 1 })
    const answer = (at: number) => {
      const task = tasks[at]
      return task && storeAnswer(ctx, task, { volunteer: accountVolunteer(user.id) })
    }
    await answer(0)
    await answer(1)
    await relay()
    await answer(2)
    await strip(user)
    // A request that was under way: it knows the account from before.
    await answer(3)

    await erase(user.id)
    await relay()

    expect(await traces(user.id)).toEqual(NOTHING)
    expect(
      await rows(
        sql`select volunteer_key like 'erased:%' as nobody, n_task_runs from project_volunteers where project_id = ${project.id}`,
      ),
    ).toEqual([{ nobody: true, n_task_runs: 4 }])
    expect(
      await rows(
        sql`select n_volunteers, n_task_runs from project_stats where project_id = ${project.id}`,
      ),
    ).toEqual([{ n_volunteers: 1, n_task_runs: 4 }])
  })

  it('stores no answer after it, from whoever still believes in the account', async () => {
    const { ctx, make } = platform
    const { user } = await make.user()
    const [task] = await make.tasks(1, { project: await make.project() })
    await strip(user)
    await erase(user.id)
    if (!task) throw new Error('no task')
    await expect(storeAnswer(ctx, task, { volunteer: accountVolunteer(user.id) })).rejects.toThrow()
    expect(await traces(user.id)).toEqual(NOTHING)
  })

  it('waits for a relay that has its answers, without a deadlock', async () => {
    const { ctx, make } = platform
    const { user } = await make.user()
    const project = await make.project()
    const [task] = await make.tasks(1, { project })
    if (!task) throw new Error('no task')
    await storeAnswer(ctx, task, { volunteer: accountVolunteer(user.id) })
    await strip(user)
    let erasing: Promise<unknown> | undefined
    await ctx.db.primary.transaction(async (tx) => {
      await tx.execute(sql`select 1 from outbox for update`)
      erasing = erase(user.id)
      // It has come as far as it can when nothing but the outbox is left.
      for (;;) {
        const left = await rows(sql`select 1 from task_runs where user_id = ${user.id}`)
        if (left.length === 0) break
      }
      expect(await rows(sql`select 1 from users where id = ${user.id}`)).toHaveLength(1)
    })
    await erasing
    expect(await traces(user.id)).toEqual(NOTHING)
  })

  it('of nobody, and of an account that is alive, does nothing', async () => {
    const { user } = await platform.make.user()
    await erase(user.id)
    await erase(2_147_483_647)
    expect(await rows(sql`select erased from users where id = ${user.id}`)).toEqual([
      { erased: null },
    ])
  })
})

it('is queued by the commit, and again when the job was lost', async () => {
  const { ctx, make } = platform
  const { user } = await make.user()
  await strip(user)
  await relay()
  const queue = ctx.producer.queues.bulk
  const queued = async () =>
    (await queue.getJobs(['waiting'])).filter(
      ({ name, data }) => name === eraseAccount.name && data.userId === user.id,
    )
  expect(await queued()).toHaveLength(1)
  await queue.obliterate({ force: true })
  await rows(sql`update users set erased = now() - interval '2 minutes' where id = ${user.id}`)
  await callJob(ctx, sweepErasuresJob, {})
  expect(await queued()).toHaveLength(1)
})
