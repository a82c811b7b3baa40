import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Removes the uploaded files of records that are gone, however they went: with their task, their project,
 *  or while the storage did not answer. */
export const cleanUploads = defineJob({
  queue: 'scheduled',
  name: 'clean-uploads',
  payload: z.object({}),
})
