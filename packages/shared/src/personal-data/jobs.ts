import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Writes the archive of an account's data. A lost job is found again by `sweep-personal-data`. */
export const writePersonalData = defineJob({
  queue: 'interactive',
  name: 'write-personal-data',
  payload: z.object({ exportId: z.uuid() }),
  dedupeKey: ({ exportId }) => `personal-data-${exportId}`,
})

/** Queues the archives again whose job was lost, and removes those that are three days old. */
export const sweepPersonalData = defineJob({
  queue: 'scheduled',
  name: 'sweep-personal-data',
  payload: z.object({}),
})
