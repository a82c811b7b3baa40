import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Makes the result of a task that an answer has completed. */
export const aggregateResult = defineJob({
  queue: 'default',
  name: 'aggregate-result',
  payload: z.object({ taskId: z.int() }),
})

/** Makes the results that are missing: of tasks whose `aggregate-result` was lost. */
export const sweepResults = defineJob({
  queue: 'scheduled',
  name: 'sweep-results',
  payload: z.object({}),
})
