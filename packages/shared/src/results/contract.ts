import { z } from 'zod'

export const Result = z
  .object({
    id: z.int32(),
    created: z.string(),
    project_id: z.int32(),
    task_id: z.int32(),
    task_run_ids: z.array(z.int()),
    last_version: z.boolean(),
    info: z.unknown(),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
    /** With `related`: raw objects, without links (rest-api.md section 3.5). */
    task: z.record(z.string(), z.unknown()).nullable().optional(),
    task_runs: z.array(z.record(z.string(), z.unknown())).optional(),
    /** Of a full-text search. */
    headline: z.string().optional(),
    rank: z.number().optional(),
  })
  .meta({ id: 'Result' })
export type Result = z.infer<typeof Result>

/** `PUT /api/result/<id>`. */
export const ResultChange = z
  .strictObject({ info: z.unknown() })
  .partial()
  .meta({ id: 'ResultChange' })
export type ResultChange = z.infer<typeof ResultChange>
