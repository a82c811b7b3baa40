import { closeContext, openContext } from '@manyhands/shared/context/context'
import { defineJob } from '@manyhands/shared/queues/job'
import { useTestPlatform } from '@manyhands/shared/testing/platform'
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { z } from 'zod'
import { SHORT_LOCKS } from '../../testing/short-locks.ts'
import { declareSchedules, keepSchedules, type Schedule } from './declare-schedules.ts'
import { handle } from './handle.ts'
import { createMetrics } from './metrics.ts'
import { QueueWorkers } from './queue-workers.ts'

const platform = useTestPlatform()
const sweep = defineJob({ queue: 'scheduled', name: 'sweep', payload: z.object({}) })
const HOUR_MS = 3_600_000
const schedule = (id: string, everyMs = HOUR_MS): Schedule => ({
  id,
  job: sweep,
  payload: {},
  everyMs,
})

const { waitFor } = vi
const queue = () => platform.ctx.producer.queues.scheduled
const declared = async () =>
  (await queue().getJobSchedulers()).map(({ key, every }) => [key, every]).sort()
const queued = () => queue().getJobs(['waiting', 'delayed', 'active'])

beforeEach(() => queue().obliterate({ force: true }))

it('declares a schedule once, however many workers do', async () => {
  const schedules = [schedule('one'), schedule('two')]
  const other = openContext(platform.config, platform.ctx.log, 'other')
  onTestFinished(() => closeContext(other))
  await waitFor(() => expect(other.redis.status).toBe('ready'))

  await Promise.all([declareSchedules(platform.ctx, schedules), declareSchedules(other, schedules)])
  await declareSchedules(other, schedules)

  expect(await declared()).toEqual([
    ['one', HOUR_MS],
    ['two', HOUR_MS],
  ])
  expect(await queued()).toHaveLength(2)
})

it('takes away what is declared no more, and follows a changed interval', async () => {
  await declareSchedules(platform.ctx, [schedule('stays'), schedule('goes')])

  await declareSchedules(platform.ctx, [schedule('stays', 2 * HOUR_MS)])

  expect(await declared()).toEqual([['stays', 2 * HOUR_MS]])
})

it('runs a schedule once in its interval, with two workers', async () => {
  const runs: string[] = []
  for (const name of ['first', 'second']) {
    const handler = handle(sweep, async () => {
      runs.push(name)
    })
    const workers = new QueueWorkers(
      platform.ctx,
      [handler],
      createMetrics(platform.ctx),
      SHORT_LOCKS,
    )
    onTestFinished(() => workers.close(2_000))
  }
  const interval = 500
  const started = Date.now()

  await Promise.all([1, 2].map(() => declareSchedules(platform.ctx, [schedule('often', interval)])))
  await waitFor(() => expect(runs.length).toBeGreaterThanOrEqual(4), { timeout: 20_000 })

  // The first comes at once, the second at the next full interval.
  expect(runs.length).toBeLessThanOrEqual(2 + (Date.now() - started) / interval)
  await declareSchedules(platform.ctx, [])
})

it('declares again what Redis has lost', async () => {
  const stop = keepSchedules(platform.ctx, [schedule('kept')])
  onTestFinished(stop)
  await waitFor(async () => expect(await declared()).toEqual([['kept', HOUR_MS]]))
  await queue().obliterate({ force: true })
  expect(await declared()).toEqual([])

  platform.ctx.redis.disconnect(true)

  await waitFor(async () => expect(await declared()).toEqual([['kept', HOUR_MS]]), {
    timeout: 20_000,
  })
})
