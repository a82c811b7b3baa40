import type { Context } from '@manyhands/shared/context/context'
import type { Job } from '@manyhands/shared/queues/job'
import type { z } from 'zod'
import { pause } from './pause.ts'

/** A recurring job: `payload` every `everyMs`, however many workers there are. */
export interface Schedule<Payload extends z.ZodType = z.ZodType> {
  id: string
  job: Job<Payload>
  payload: z.infer<Payload>
  everyMs: number
}

const RETRY_MS = 1_000

/** Makes the schedules in Redis those of this release: declares each, which changes nothing when it is
 *  there already, and removes the others. Throws when Redis is away. */
export async function declareSchedules(ctx: Context, schedules: Schedule[]): Promise<void> {
  const queue = ctx.producer.queues.scheduled
  for (const { id, job, payload, everyMs } of schedules) {
    const data = job.payload.parse(payload)
    await queue.upsertJobScheduler(id, { every: everyMs }, { name: job.name, data })
  }
  const known = new Set(schedules.map(({ id }) => id))
  for (const { key } of await queue.getJobSchedulers()) {
    if (!known.has(key)) await queue.removeJobScheduler(key)
  }
}

/** Declares the schedules as soon as Redis is there, and again whenever it comes back: it may have lost
 *  them. Returns how to stop. */
export function keepSchedules(ctx: Context, schedules: Schedule[]): () => Promise<void> {
  const stop = new AbortController()
  let turn = Promise.resolve()
  const declare = () => {
    turn = turn.then(async () => {
      while (!stop.signal.aborted) {
        try {
          return await declareSchedules(ctx, schedules)
        } catch (error) {
          ctx.log.debug({ err: error }, 'schedules wait for redis')
          await pause(RETRY_MS, stop.signal)
        }
      }
    })
  }
  declare()
  ctx.redis.on('ready', declare)
  return async () => {
    ctx.redis.off('ready', declare)
    stop.abort()
    await turn
  }
}
