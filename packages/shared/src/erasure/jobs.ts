import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Makes an erased account's answers nobody's, and removes everything else that points to it. */
export const eraseAccount = defineJob({
  queue: 'bulk',
  name: 'erase-account',
  payload: z.object({ userId: z.int() }),
  dedupeKey: ({ userId }) => `erase-account-${userId}`,
})

/** Queues the erasures again whose job was lost or has failed. */
export const sweepErasures = defineJob({
  queue: 'scheduled',
  name: 'sweep-erasures',
  payload: z.object({}),
})
