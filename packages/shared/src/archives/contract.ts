import { z } from 'zod'

/** Answers that were put aside when their project was published. */
export const Archive = z
  .object({
    id: z.int(),
    created: z.string(),
    n_task_runs: z.int(),
    n_results: z.int(),
  })
  .meta({ id: 'Archive' })
export type Archive = z.infer<typeof Archive>

/** `GET /api/projects/<short_name>/archives/<id>`. */
export const ArchiveDownload = z.object({
  type: z.enum(['task_run', 'result']).default('task_run').describe('Which rows.'),
  format: z
    .enum(['json', 'csv', 'ndjson'])
    .default('json')
    .describe('A JSON array, a CSV file, or one JSON object a line.'),
})
export type ArchiveDownload = z.infer<typeof ArchiveDownload>
