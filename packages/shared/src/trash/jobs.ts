import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Deletes for good what has been in the trash long enough, and what its owner wants gone. */
export const purgeTrash = defineJob({
  queue: 'scheduled',
  name: 'purge-trash',
  payload: z.object({}),
})

/** The same for one project, when its owner asks. A lost job is found again by `purge-trash`. */
export const purgeProject = defineJob({
  queue: 'bulk',
  name: 'purge-project',
  payload: z.object({ projectId: z.int() }),
  dedupeKey: ({ projectId }) => `purge-${projectId}`,
})
