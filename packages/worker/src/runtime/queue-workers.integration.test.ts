import { defineJob } from '@manyhands/shared/queues/job'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { afterEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { SHORT_LOCKS } from '../../testing/short-locks.ts'
import { handle, type JobHandler } from './handle.ts'
import { createMetrics } from './metrics.ts'
import { QueueWorkers } from './queue-workers.ts'

const platform = useTestPlatform()
const GRACE_MS = 5_000

const weigh = defineJob({
  queue: 'default',
  name: 'weigh',
  payload: z.object({ stone: z.string() }),
})

const open: QueueWorkers[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((workers) => workers.close(GRACE_MS)))
})

function work(...handlers: JobHandler[]) {
  const metrics = createMetrics(platform.ctx)
  const workers = new QueueWorkers(platform.ctx, handlers, metrics, SHORT_LOCKS)
  open.push(workers)
  const outcomes = async () => {
    const { values } = (await metrics.registry.getSingleMetric('jobs_total')?.get()) ?? {
      values: [],
    }
    return Object.fromEntries(values.map(({ labels, value }) => [labels.outcome, value]))
  }
  return { workers, outcomes }
}

const failedJobs = async () => {
  const jobs = await platform.ctx.producer.queues.default.getFailed()
  return jobs.map(({ id, failedReason }) => ({ id, failedReason }))
}

it('gives the parsed payload to the handler and tries again after an error', async () => {
  const tries: string[] = []
  const { outcomes } = work(
    handle(weigh, async (_ctx, { stone }) => {
      tries.push(stone)
      if (tries.length === 1) throw new Error('dropped it')
    }),
  )

  await platform.ctx.producer.enqueue(weigh, { stone: 'granite' })

  await vi.waitFor(async () => expect(await outcomes()).toEqual({ retried: 1, done: 1 }), {
    timeout: 20_000,
  })
  expect(tries).toEqual(['granite', 'granite'])
})

it('ends a job that would always fail, shows why, and tells who waits', async () => {
  const told: string[] = []
  const { outcomes } = work(
    handle(
      weigh,
      async () => {
        throw new PermanentError('There is no scale.')
      },
      async (_ctx, { stone }, error) => {
        told.push(`${stone}: ${error.message}`)
      },
    ),
  )

  await platform.ctx.producer.enqueue(weigh, { stone: 'slate' }, { id: 'permanent' })

  await vi.waitFor(() => expect(told).toEqual(['slate: There is no scale.']), { timeout: 20_000 })
  expect(await outcomes()).toEqual({ failed: 1 })
  expect(await failedJobs()).toContainEqual({
    id: 'permanent',
    failedReason: 'There is no scale.',
  })
})

it('ends a job whose payload is not valid without calling the handler', async () => {
  let called = false
  work(
    handle(weigh, async () => {
      called = true
    }),
  )

  await platform.ctx.producer.queues.default.add('weigh', { pebble: 1 }, { jobId: 'invalid' })

  await vi.waitFor(async () =>
    expect((await failedJobs()).map(({ id }) => id)).toContain('invalid'),
  )
  expect(called).toBe(false)
})

it('tells who waits once the last try has failed', async () => {
  const told: string[] = []
  work(
    handle(
      weigh,
      async () => {
        throw new Error('too heavy')
      },
      async (_ctx, _payload, error) => {
        told.push(error.message)
      },
    ),
  )

  await platform.ctx.producer.queues.default.add(
    'weigh',
    { stone: 'basalt' },
    { attempts: 3, backoff: { type: 'fixed', delay: 1 } },
  )

  await vi.waitFor(() => expect(told).toEqual(['too heavy']), { timeout: 20_000 })
})

it('gives a long job back when it stops, and another worker runs it', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const first = work(
    handle(weigh, async ({ signal }) => {
      begin()
      await new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
      )
    }),
  )
  await platform.ctx.producer.enqueue(weigh, { stone: 'marble' }, { id: 'long' })
  await begun

  await first.workers.close(50)

  expect(await first.outcomes()).toEqual({ returned: 1 })
  const job = await platform.ctx.producer.queues.default.getJob('long')
  expect(await job?.getState()).toBe('waiting')
  expect(job?.attemptsMade).toBe(0)
  const second = work(handle(weigh, async () => {}))
  await vi.waitFor(async () => expect(await second.outcomes()).toEqual({ done: 1 }), {
    timeout: 20_000,
  })
})

it('lets a short job end when it stops', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { workers, outcomes } = work(
    handle(weigh, async () => {
      begin()
      await released
    }),
  )
  await platform.ctx.producer.enqueue(weigh, { stone: 'chalk' })
  await begun

  const closing = workers.close(GRACE_MS)
  release()
  await closing

  expect(await outcomes()).toEqual({ done: 1 })
})
