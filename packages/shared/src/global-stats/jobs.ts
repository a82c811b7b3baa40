import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Counts over all projects, for `GET /api/globalstats`. */
export const refreshGlobalStats = defineJob({
  queue: 'scheduled',
  name: 'refresh-global-stats',
  payload: z.object({}),
})
