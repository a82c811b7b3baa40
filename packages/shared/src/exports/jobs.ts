import { z } from 'zod'
import { defineJob } from '../queues/job.ts'

/** Writes the file of a requested export. Enqueue it after the commit of `requestExport`; a lost job
 *  is found again by `sweep-exports`. */
export const exportProject = defineJob({
  queue: 'interactive',
  name: 'export-project',
  payload: z.object({ exportId: z.uuid() }),
  dedupeKey: ({ exportId }) => `export-${exportId}`,
})

/** Queues the exports again whose job was lost. */
export const sweepExports = defineJob({
  queue: 'scheduled',
  name: 'sweep-exports',
  payload: z.object({}),
})

/** Removes exports that are older than a week, with their files. */
export const cleanExports = defineJob({
  queue: 'scheduled',
  name: 'clean-exports',
  payload: z.object({}),
})
