import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Removes sessions and mailed links that have expired. */
export const cleanSessions = defineJob({
  queue: 'scheduled',
  name: 'clean-sessions',
  payload: z.object({}),
})
