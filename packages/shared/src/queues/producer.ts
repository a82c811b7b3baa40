import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { z } from 'zod'
import { UnavailableError } from '../errors/errors.ts'
import { type Enqueue, JOB_DEFAULTS, type Job, QUEUES, type QueueName } from './job.ts'

export function queuePrefix(prefix: string): string {
  return `${prefix}-bull`
}

/** The queues, to add to and to look at. Fails fast when Redis is away: what must not be lost goes
 *  through the outbox. */
export class Producer {
  readonly queues: Record<QueueName, Queue>
  readonly #connection: Redis

  constructor(connection: Redis, prefix: string) {
    this.#connection = connection
    const queues = QUEUES.map((name) => {
      const queue = new Queue(name, {
        connection,
        prefix: queuePrefix(prefix),
        defaultJobOptions: JOB_DEFAULTS,
      })
      queue.on('error', () => {})
      return [name, queue] as const
    })
    this.queues = Object.fromEntries(queues) as Record<QueueName, Queue>
  }

  readonly enqueue: Enqueue = async (job, payload, options = {}) => {
    const parsed = job.payload.parse(payload)
    try {
      await this.queues[job.queue].add(job.name, parsed, jobOptions(job, parsed, options))
    } catch (error) {
      throw new UnavailableError('The queue', { cause: error })
    }
  }

  /** Adds many at once; `ids` make it idempotent. Throws UnavailableError. */
  async enqueueAll<Payload extends z.ZodType>(
    job: Job<Payload>,
    items: Array<{ payload: z.infer<Payload>; id: string }>,
  ): Promise<void> {
    if (items.length === 0) return
    try {
      await this.queues[job.queue].addBulk(
        items.map(({ payload, id }) => ({
          name: job.name,
          data: payload,
          opts: jobOptions(job, payload, { id }),
        })),
      )
    } catch (error) {
      throw new UnavailableError('The queue', { cause: error })
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled(Object.values(this.queues).map((queue) => queue.close()))
    this.#connection.disconnect()
  }
}

function jobOptions<Payload extends z.ZodType>(
  job: Job<Payload>,
  payload: z.infer<Payload>,
  { id, delayMs }: { id?: string; delayMs?: number },
) {
  const dedupeKey = job.dedupeKey?.(payload)
  return {
    ...(id && { jobId: id }),
    ...(delayMs && { delay: delayMs }),
    ...(dedupeKey && { deduplication: { id: dedupeKey } }),
  }
}
