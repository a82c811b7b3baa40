import { createResult } from '@manyhands/shared/results/repository'
import { listProjectsToRefresh } from '@manyhands/shared/stats/refresh'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { projectVolunteers } from '@manyhands/shared/stats/table'
import { deleteTask, lockTask } from '@manyhands/shared/tasks/repository'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { accountVolunteer, externalVolunteer } from '@manyhands/shared/volunteers/identity'
import { eq, type SQL, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { newVolunteer, storeAnswer } from '../../testing/answers.ts'
import { callJob } from '../../testing/call-job.ts'
import { topics } from '../registry.ts'
import { relayBatch } from '../runtime/relay-batch.ts'
import { refreshProjectStatsJob } from './refresh-project-stats.ts'

const platform = useTestPlatform({ replica: true })

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const refresh = (projectId: number) => callJob(platform.ctx, refreshProjectStatsJob, { projectId })

async function relayAll(): Promise<void> {
  while ((await relayBatch(platform.ctx, topics)).taken > 0);
}

async function statsOf(projectId: number) {
  const row = await findProjectStats(platform.ctx.db.primary, projectId)
  if (!row) throw new Error('no statistics')
  return row
}

async function makeTasks(count: number, redundancy: number) {
  const project = await platform.make.project()
  return { project, tasks: await platform.make.tasks(count, { project, redundancy }) }
}

/** The counters, and the number of answers by volunteer. */
async function counters(projectId: number) {
  const { id, info, averageTime, ...counted } = await statsOf(projectId)
  const volunteers = await platform.ctx.db.primary
    .select({ key: projectVolunteers.volunteerKey, runs: projectVolunteers.nTaskRuns })
    .from(projectVolunteers)
    .where(eq(projectVolunteers.projectId, projectId))
    .orderBy(projectVolunteers.volunteerKey)
  return { ...counted, volunteers }
}

it('finds nothing to mend in counters that are right, also while answers wait in the outbox', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeTasks(4, 2)
  const browser = newVolunteer()
  for (const task of tasks) await storeAnswer(ctx, task, { volunteer: browser, secondsSpent: 5 })
  await relayAll()
  for (const task of tasks.slice(0, 2)) await storeAnswer(ctx, task, { secondsSpent: 9 })
  const before = await counters(project.id)

  await refresh(project.id)

  const { lastActivity, ...rest } = await counters(project.id)
  expect(rest).toEqual({ ...before, lastActivity: undefined })
  await relayAll()
  expect(await counters(project.id)).toMatchObject({
    nTaskRuns: 6,
    nCompletedTasks: 2,
    nVolunteers: 3,
    overallProgress: 50,
  })
  expect((await statsOf(project.id)).averageTime).toBeCloseTo((4 * 5 + 2 * 9) / 6, 0)
})

it('counts the same incrementally and anew, while answers come in', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeTasks(150, 3)
  const volunteers = Array.from({ length: 20 }, newVolunteer)
  // Wrong to begin with, so that every refresh has something to do.
  await ctx.db.primary.execute(sql`
    update project_stats set n_task_runs = 70, n_completed_tasks = -5, n_volunteers = 9, average_time = 3
    where project_id = ${project.id}`)
  let answering = true
  const answers = (async () => {
    for (const [at, volunteer] of volunteers.entries()) {
      const some = tasks.filter((task) => (task.id + at) % 7 < 3)
      await Promise.all(some.map((task) => storeAnswer(ctx, task, { volunteer, secondsSpent: at })))
    }
    answering = false
  })()
  const relays = [1, 2].map(async () => {
    while (answering) await relayBatch(ctx, topics)
  })
  const refreshes = [1, 2].map(async () => {
    while (answering) await refresh(project.id)
  })

  await Promise.all([answers, ...relays, ...refreshes])
  await relayAll()
  const incremental = await counters(project.id)
  const average = (await statsOf(project.id)).averageTime

  const [exact] = await ctx.db.primary.execute<Record<string, number>>(sql`
    select (select count(*)::int from task_runs where project_id = p.id) as runs,
      (select count(distinct volunteer_key)::int from task_runs where project_id = p.id) as volunteers,
      (select count(*)::int from tasks where project_id = p.id and state = 'completed') as completed,
      (select avg(extract(epoch from finish_time - created))::float8 from task_runs
        where project_id = p.id) as average
    from projects p where id = ${project.id}`)
  expect(incremental).toMatchObject({
    nTasks: 150,
    nTaskRuns: exact?.runs,
    nCompletedTasks: exact?.completed,
    nVolunteers: exact?.volunteers,
  })
  expect(average).toBeCloseTo(exact?.average ?? -1, 6)
  await refresh(project.id)
  expect(await counters(project.id)).toEqual(incremental)
})

it('mends what deleted and adopted answers have left behind', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeTasks(3, 2)
  const [first, second] = tasks
  if (!first || !second) throw new Error('no tasks')
  const gone = newVolunteer()
  const stays = newVolunteer()
  await storeAnswer(ctx, first, { volunteer: gone, secondsSpent: 100 })
  await storeAnswer(ctx, second, { volunteer: stays, secondsSpent: 10 })
  await relayAll()
  await storeAnswer(ctx, first, { volunteer: stays, secondsSpent: 100 })
  await ctx.db.primary.transaction(async (tx) => {
    const task = await lockTask(tx, first.id)
    if (task) await deleteTask(tx, task)
  })
  await relayAll()

  await refresh(project.id)

  const mended = await counters(project.id)
  expect(mended).toMatchObject({ nTasks: 2, nTaskRuns: 1, nCompletedTasks: 0, nVolunteers: 1 })
  expect(mended.volunteers).toEqual([{ key: stays.key, runs: 1 }])
  expect((await statsOf(project.id)).averageTime).toBeCloseTo(10, 0)
})

it('counts results once their info is set', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeTasks(4, 1)
  const infos = ['null', '""', '{"label":"owl"}']
  for (const [at, task] of tasks.entries()) {
    await storeAnswer(ctx, task)
    await createResult(ctx.db.primary, task.id)
    const info = infos[at] ?? null
    await ctx.db.primary.execute(
      sql`update results set info = ${info}::jsonb where task_id = ${task.id}`,
    )
  }
  await relayAll()

  await refresh(project.id)

  expect((await statsOf(project.id)).nResults).toBe(1)
})

it('writes the series of the last two weeks, with everybody in them once', async () => {
  const { ctx, make } = platform
  const { project, tasks } = await makeTasks(2, 3)
  const [first, second] = tasks
  if (!first || !second) throw new Error('no tasks')
  const { user } = await make.user()
  const outside = externalVolunteer('app-user-7')
  await storeAnswer(ctx, first, { volunteer: accountVolunteer(user.id) })
  await storeAnswer(ctx, first, { volunteer: outside })
  await storeAnswer(ctx, first, { volunteer: newVolunteer() })
  await storeAnswer(ctx, second, { volunteer: outside })
  await storeAnswer(ctx, second, { volunteer: newVolunteer() })
  const now = Date.now()
  const today = Math.floor(now / DAY_MS) * DAY_MS
  const day = today - 2 * DAY_MS
  await moveAnswers(sql`task_id = ${second.id}`, now)
  await moveAnswers(sql`id = (select max(id) from task_runs)`, today - 20 * DAY_MS)
  await moveAnswers(sql`task_id = ${first.id}`, day + 23.5 * HOUR_MS)
  await relayAll()

  const context = { ...ctx, clock: () => now }
  await callJob(context, refreshProjectStatsJob, { projectId: project.id })

  const { info } = await statsOf(project.id)
  expect(Object.keys(info).sort()).toEqual([
    'dates_stats',
    'hours_stats',
    'refreshed',
    'users_stats',
  ])
  const dates = info.dates_stats as Array<{ label: string; values: Array<[number, number]> }>
  const on = (date: number) =>
    Object.fromEntries(
      dates.map(({ label, values }) => [label, values.find(([start]) => start === date)?.[1]]),
    )
  expect(dates.every(({ values }) => values.length === 14)).toBe(true)
  expect(on(day)).toEqual({
    'Anon + Auth': 3,
    Anonymous: 2,
    Authenticated: 1,
    'Completed Tasks': 1,
  })
  expect(on(today)).toEqual({
    'Anon + Auth': 1,
    Anonymous: 1,
    Authenticated: 0,
    'Completed Tasks': 1,
  })
  const [hours] = info.hours_stats as Array<{ max: number; values: number[][] }>
  expect(hours?.values[23]?.[1]).toBeGreaterThanOrEqual(3)
  expect(info.users_stats).toMatchObject({
    n_anon: 2,
    n_auth: 1,
    users: { values: [{ value: [0, 2] }, { value: [0, 1] }] },
    anon: {
      values: [
        { label: 'app-user-7', value: [2] },
        { label: '10.0.0.1', value: [1] },
      ],
      top5: [
        { ip: 'app-user-7', tasks: 2 },
        { ip: '10.0.0.1', tasks: 1 },
      ],
      locs: [],
    },
    auth: {
      values: [{ label: user.id, value: [1] }],
      top5: [{ name: user.name, fullname: user.name, tasks: 1, restrict: false }],
    },
  })
})

it('refreshes what was active since the last time, and nothing else', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeTasks(1, 5)
  const quiet = await makeTasks(1, 5)
  const [task] = tasks
  if (!task) throw new Error('no task')
  await storeAnswer(ctx, task)
  await relayAll()
  const due = () => listProjectsToRefresh(ctx.db.primary, 1_000, [])
  expect(await due()).toContain(project.id)
  expect(await due()).not.toContain(quiet.project.id)

  await callJob(ctx, refreshProjectStatsJob, {})

  expect(await due()).not.toContain(project.id)
  await markRefreshed(project.id, '10 minutes')
  expect(await due()).toContain(project.id)
  await ctx.db.primary.execute(
    sql`update project_stats set last_activity = now() - interval '1 hour' where project_id = ${project.id}`,
  )
  expect(await due()).not.toContain(project.id)
  // On the next day the window has moved, though nobody has answered.
  await markRefreshed(project.id, '25 hours')
  await ctx.db.primary.execute(
    sql`update project_stats set last_activity = now() - interval '26 hours' where project_id = ${project.id}`,
  )
  expect(await due()).toContain(project.id)
})

function moveAnswers(which: SQL, at: number) {
  const moment = new Date(at).toISOString()
  return platform.ctx.db.primary.execute(
    sql`update task_runs set created = ${moment}::timestamptz, finish_time = ${moment}::timestamptz where ${which}`,
  )
}

function markRefreshed(projectId: number, ago: string) {
  return platform.ctx.db.primary.execute(sql`
    update project_stats set info = info || jsonb_build_object('refreshed', now() - ${ago}::interval)
    where project_id = ${projectId}`)
}
