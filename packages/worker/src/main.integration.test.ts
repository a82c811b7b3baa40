import { freePort } from '@manyhands/infra/local/processes/free-port'
import { type RedisServer, startRedis } from '@manyhands/infra/local/redis/start-redis'
import { results } from '@manyhands/shared/results/table'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { eq } from 'drizzle-orm'
import { afterAll, expect, it, onTestFinished, vi } from 'vitest'
import { storeAnswer } from '../testing/answers.ts'
import { openLate } from '../testing/late-server.ts'
import { startWorkerProcess, WORKER } from '../testing/worker-process.ts'

let redis: RedisServer
const platform = useTestPlatform({
  env: async () => {
    redis = await startRedis()
    return { REDIS_URL: redis.url }
  },
})
afterAll(() => redis.dispose())

async function start(env: Record<string, string> = {}) {
  const port = await freePort()
  const worker = startWorkerProcess(WORKER, {
    ...platform.env,
    LOG_LEVEL: 'info',
    WORKER_HEALTH_PORT: String(port),
    ...env,
  })
  onTestFinished(() => worker.kill('SIGKILL'))
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: response.status, body: await response.text() }
  }
  const until = (path: string, status: number) =>
    vi.waitFor(async () => expect((await get(path)).status).toBe(status), { timeout: 20_000 })
  return { worker, get, until }
}

it('makes results and counts answers, is measured, and stops when told to', async () => {
  const { ctx, make } = platform
  const { worker, get, until } = await start()
  await until('/readyz', 200)
  const project = await make.project()
  const [task] = await make.tasks(1, { project, redundancy: 1 })
  if (!task) throw new Error('no task')
  await storeAnswer(ctx, task)

  await vi.waitFor(
    async () => {
      expect(await ctx.db.primary.$count(results, eq(results.taskId, task.id))).toBe(1)
      expect((await findProjectStats(ctx.db.primary, project.id))?.nCompletedTasks).toBe(1)
    },
    { timeout: 20_000 },
  )

  const { body } = await get('/metrics')
  expect(body).toMatch(/^jobs_total\{job="aggregate-result",outcome="done"\} 1$/m)
  expect(body).toMatch(/^relay_rows_total 1$/m)
  expect(body).toMatch(/^outbox_rows 0$/m)
  expect(body).toContain('nodejs_eventloop_lag_p99_seconds')
  expect((await get('/healthz')).status).toBe(200)
  worker.kill('SIGTERM')
  expect(await worker.ended).toBe(0)
})

it('waits for Redis and PostgreSQL without many words, and serves once they are there', async () => {
  const database = new URL(platform.config.DATABASE_URL)
  const port = await freePort()
  await redis.kill()
  const { worker, until } = await start({
    DATABASE_URL: Object.assign(new URL(database), { port }).href,
  })
  await until('/healthz', 200)
  await until('/readyz', 503)
  await until('/metrics', 200)

  await redis.start()
  onTestFinished(await openLate(port, database.href))
  await until('/readyz', 200)

  expect(worker.output().trim().split('\n').length).toBeLessThan(10)
  worker.kill('SIGTERM')
  expect(await worker.ended).toBe(0)
})

it('stops when it is told to while its servers are away', async () => {
  const { worker, until } = await start()
  await until('/readyz', 200)
  await redis.kill()
  await until('/readyz', 503)

  worker.kill('SIGTERM')

  expect(await worker.ended).toBe(0)
  await redis.start()
})

it('says which variable is wrong, and starts nothing', async () => {
  const { worker } = await start({ WORKER_CONCURRENCY: 'many', DATABASE_URL: 'mysql://x' })

  expect(await worker.ended).toBe(78)
  expect(worker.output()).toMatch(/^DATABASE_URL: must be/m)
  expect(worker.output()).toMatch(/^WORKER_CONCURRENCY: must be/m)
})

it('says that its port is taken', async () => {
  const { port } = new URL(platform.config.DATABASE_URL)
  const { worker } = await start({ WORKER_HEALTH_PORT: port })

  expect(await worker.ended).toBe(78)
  expect(worker.output()).toMatch(/^WORKER_HEALTH_PORT: .*EADDRINUSE/m)
})
