import { z } from 'zod'

export const ExportType = z.enum(['task', 'task_run', 'result'])
export type ExportType = z.infer<typeof ExportType>
export const ExportFormat = z.enum(['csv', 'json'])
export type ExportFormat = z.infer<typeof ExportFormat>

/** `POST /api/projects/<short_name>/exports`. */
export const ExportRequest = z
  .strictObject({ type: ExportType, format: ExportFormat })
  .meta({ id: 'ExportRequest' })
export type ExportRequest = z.infer<typeof ExportRequest>

export const Export = z
  .object({
    id: z.string(),
    type: ExportType,
    format: ExportFormat,
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    rows_done: z.int(),
    /** Known once the export has started. */
    rows_total: z.int().nullable(),
    file_name: z.string().nullable(),
    bytes: z.int().nullable(),
    sha256: z.string().nullable(),
    error: z.string().nullable(),
    created: z.string(),
    finished: z.string().nullable(),
    /** A signed link that expires; present once `state` is `done`. */
    download_url: z.string().nullable(),
  })
  .meta({ id: 'Export' })
export type Export = z.infer<typeof Export>
