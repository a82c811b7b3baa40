import type { QueueOptions } from '../src/runtime/queue-workers.ts'

/** So that the jobs of a worker that was killed are found quickly. */
export const SHORT_LOCKS: QueueOptions = { lockMs: 1_000, stalledCheckMs: 500 }
