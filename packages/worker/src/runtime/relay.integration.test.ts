import { type RedisServer, startRedis } from '@manyhands/infra/local/redis/start-redis'
import { closeContext, openContext } from '@manyhands/shared/context/context'
import { insertOutboxRow, measureOutbox } from '@manyhands/shared/outbox/repository'
import { findProject } from '@manyhands/shared/projects/repository'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { projectVolunteers } from '@manyhands/shared/stats/table'
import { TASK_RUN_STORED } from '@manyhands/shared/task-runs/events'
import { listTaskRunsOfTask } from '@manyhands/shared/task-runs/repository'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { accountVolunteer } from '@manyhands/shared/volunteers/identity'
import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { newVolunteer, storeAnswer } from '../../testing/answers.ts'
import { topics } from '../registry.ts'
import { createMetrics } from './metrics.ts'
import { Relay } from './relay.ts'
import { relayBatch } from './relay-batch.ts'

let redis: RedisServer
const platform = useTestPlatform({
  env: async () => {
    redis = await startRedis()
    return { REDIS_URL: redis.url }
  },
})
afterAll(() => redis.dispose())

const relays: Relay[] = []
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
})

function startRelay(ctx = platform.ctx): void {
  const relay = new Relay(ctx, topics, createMetrics(ctx))
  relay.start()
  relays.push(relay)
}

const statsOf = (projectId: number) => findProjectStats(platform.ctx.db.primary, projectId)
const waiting = async () => (await measureOutbox(platform.ctx.db.primary)).rows
const untilEmpty = () =>
  vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 30_000 })

async function jobsFor(taskIds: number[]): Promise<string[]> {
  const jobs = await platform.ctx.producer.queues.default.getJobs(['waiting', 'active'], 0, -1)
  return jobs.filter((job) => taskIds.includes(job.data.taskId)).map((job) => String(job.id))
}

async function makeTasks(count: number, redundancy: number) {
  const project = await platform.make.project()
  const tasks = await platform.make.tasks(count, { project, redundancy })
  return { project, tasks, taskIds: tasks.map(({ id }) => id) }
}

it('moves the counters of the project and queues the results that are due', async () => {
  const { ctx, make } = platform
  const { project, tasks, taskIds } = await makeTasks(3, 2)
  const { user } = await make.user()
  const [first, second] = tasks
  if (!first || !second) throw new Error('no tasks')
  const browser = newVolunteer()
  await storeAnswer(ctx, first, { volunteer: browser, secondsSpent: 10 })
  await storeAnswer(ctx, first, { volunteer: accountVolunteer(user.id), secondsSpent: 30 })
  await storeAnswer(ctx, second, { volunteer: browser, secondsSpent: 20 })

  const batch = await relayBatch(ctx, topics)

  expect(batch).toEqual({ taken: 3, relayed: 3, busy: [] })
  const stats = await statsOf(project.id)
  expect(stats).toMatchObject({
    nTasks: 3,
    nTaskRuns: 3,
    nCompletedTasks: 1,
    nVolunteers: 2,
    overallProgress: 33,
  })
  expect(stats?.averageTime).toBeCloseTo(20, 0)
  const newest = (await listTaskRunsOfTask(ctx.db.primary, second.id)).at(-1)?.finishTime
  expect(stats?.lastActivity).toBe(newest)
  expect((await findProject(ctx.db.primary, project.id))?.updated).toBe(newest)
  expect(await jobsFor(taskIds)).toHaveLength(1)

  await storeAnswer(ctx, second, { volunteer: accountVolunteer(user.id), secondsSpent: 40 })
  await relayBatch(ctx, topics)

  const later = await statsOf(project.id)
  expect(later).toMatchObject({ nTaskRuns: 4, nVolunteers: 2, overallProgress: 66 })
  expect(later?.averageTime).toBeCloseTo(25, 0)
  const volunteers = await ctx.db.primary
    .select()
    .from(projectVolunteers)
    .where(eq(projectVolunteers.projectId, project.id))
  expect(volunteers.map(({ userId, nTaskRuns }) => [userId, nTaskRuns]).sort()).toEqual([
    [null, 2],
    [user.id, 2],
  ])
})

it('drops what the cache holds of the projects', async () => {
  const { ctx } = platform
  const { project, tasks } = await makeTasks(1, 2)
  const [task] = tasks
  if (!task) throw new Error('no task')
  let loads = 0
  const tags = [`project:${project.id}`]
  const load = () =>
    ctx.cache.get(
      { key: `test:${project.id}`, freshMs: 60_000, staleMs: 0, tags },
      async () => ++loads,
    )
  await load()
  await storeAnswer(ctx, task)

  await relayBatch(ctx, topics)

  expect(await load()).toBe(2)
})

it('neither loses nor doubles anything while Redis is away', async () => {
  const { ctx } = platform
  const { project, tasks, taskIds } = await makeTasks(40, 1)
  startRelay()
  await storeAnswers(tasks.slice(0, 10))
  await untilEmpty()

  await redis.kill()
  await vi.waitFor(() => expect(ctx.redis.status).not.toBe('ready'))
  await storeAnswers(tasks.slice(10))
  await expect(relayBatch(ctx, topics)).rejects.toThrow('The queue')
  expect(await waiting()).toBe(30)
  expect((await statsOf(project.id))?.nTaskRuns).toBe(10)
  await redis.start()
  await untilEmpty()

  expect(await statsOf(project.id)).toMatchObject({ nTaskRuns: 40, nCompletedTasks: 40 })
  const jobs = await jobsFor(taskIds)
  expect(new Set(jobs).size).toBe(jobs.length)
  expect(jobs).toHaveLength(40)
})

it('applies each row once, however many relays there are', async () => {
  const { ctx, config } = platform
  const projects = await Promise.all([makeTasks(400, 2), makeTasks(400, 2), makeTasks(400, 2)])
  const others = [1, 2].map(() => openContext(config, ctx.log, 'other-relay'))
  for (const other of [ctx, ...others]) startRelay(other)

  await Promise.all(
    projects.flatMap(({ tasks }) => [storeAnswers(tasks), storeAnswers(tasks.slice(0, 200))]),
  )
  await untilEmpty()
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
  await Promise.all(others.map(closeContext))

  for (const { project, taskIds } of projects) {
    expect(await statsOf(project.id)).toMatchObject({
      nTaskRuns: 600,
      nCompletedTasks: 200,
      nVolunteers: 600,
      overallProgress: 50,
    })
    expect(await jobsFor(taskIds)).toHaveLength(200)
  }
})

it('does not let the counters of one project hold up the others', async () => {
  const { ctx } = platform
  const busy = await makeTasks(1_200, 1)
  const other = await makeTasks(1, 1)
  await storeAnswers(busy.tasks)
  await storeAnswers(other.tasks)

  await ctx.db.primary.transaction(async (tx) => {
    await tx.execute(
      sql`select 1 from project_stats where project_id = ${busy.project.id} for update`,
    )
    startRelay()
    await vi.waitFor(async () => expect((await statsOf(other.project.id))?.nTaskRuns).toBe(1))
    expect((await statsOf(busy.project.id))?.nTaskRuns).toBe(0)
  })
  await untilEmpty()

  expect((await statsOf(busy.project.id))?.nTaskRuns).toBe(1_200)
})

it('goes on past a project that is gone, a volunteer that is gone and a row that it cannot read', async () => {
  const { ctx, make } = platform
  const gone = await makeTasks(1, 2)
  const stays = await makeTasks(2, 2)
  const { user } = await make.user()
  const event = {
    taskRunId: 1,
    taskId: stays.taskIds[0],
    projectId: stays.project.id,
    completes: false,
    volunteerKey: `account:${user.id}`,
    userId: user.id,
    finishTime: '2026-01-01T00:00:00.000000',
    secondsSpent: 1,
  }
  await ctx.db.primary.transaction(async (tx) => {
    await insertOutboxRow(tx, TASK_RUN_STORED, { ...event, projectId: gone.project.id })
    await insertOutboxRow(tx, TASK_RUN_STORED, { nonsense: true })
    await insertOutboxRow(tx, TASK_RUN_STORED, event)
    await insertOutboxRow(tx, 'of-a-newer-release', {})
    await tx.execute(sql`delete from projects where id = ${gone.project.id}`)
    await tx.execute(sql`delete from users where id = ${user.id}`)
  })

  expect(await relayBatch(ctx, topics)).toMatchObject({ taken: 3, relayed: 3 })

  expect(await statsOf(stays.project.id)).toMatchObject({ nTaskRuns: 1, nVolunteers: 1 })
  expect(await waiting()).toBe(1)
  await ctx.db.primary.execute(sql`delete from outbox`)
})

async function storeAnswers(tasks: Array<{ id: number; projectId: number }>): Promise<void> {
  await Promise.all(tasks.map((task) => storeAnswer(platform.ctx, task)))
}
