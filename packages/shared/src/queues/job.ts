import type { z } from 'zod'

/** By urgency and shape (architecture.md section 6). */
export const QUEUES = ['interactive', 'default', 'bulk', 'scheduled'] as const
export type QueueName = (typeof QUEUES)[number]

/** A kind of job: what both sides agree on. Payloads are ids, not rows; a field that is added later
 *  is optional for one release, because jobs of the old release are still in the queue. */
export interface Job<Payload extends z.ZodType = z.ZodType> {
  queue: QueueName
  name: string
  payload: Payload
  /** Names the work, not the request: a repeat is dropped while the first still waits or runs, so it
   *  is for jobs whose first run covers both. BullMQ refuses `:` in it. */
  dedupeKey?: (payload: z.infer<Payload>) => string
}

export function defineJob<Payload extends z.ZodType>(job: Job<Payload>): Job<Payload> {
  return job
}

/** Adds a job. `id` makes the addition itself idempotent while the job is kept. */
export type Enqueue = <Payload extends z.ZodType>(
  job: Job<Payload>,
  payload: z.infer<Payload>,
  options?: { id?: string; delayMs?: number },
) => Promise<void>

/** How often failed work is tried, and how long it stays visible. */
export const JOB_DEFAULTS = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 },
  removeOnComplete: { age: 3_600, count: 1_000 },
  removeOnFail: { age: 7 * 86_400, count: 5_000 },
}
