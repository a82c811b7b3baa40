import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Brings the statistics of projects up to date: of one, or of all with activity since their last. */
export const refreshProjectStats = defineJob({
  queue: 'scheduled',
  name: 'refresh-project-stats',
  payload: z.object({ projectId: z.int().optional() }),
})
