import { z } from 'zod'

export const Result = z
  .object({
    id: z.int(),
    created: z.string(),
    project_id: z.int(),
    task_id: z.int(),
    task_run_ids: z.array(z.int()),
    last_version: z.boolean(),
    info: z.unknown(),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
  })
  .meta({ id: 'Result' })
export type Result = z.infer<typeof Result>

/** `PUT /api/result/<id>`. */
export const ResultChange = z
  .strictObject({ info: z.unknown() })
  .partial()
  .meta({ id: 'ResultChange' })
export type ResultChange = z.infer<typeof ResultChange>
