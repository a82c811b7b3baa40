import { z } from 'zod'

/** One thing wrong with one row. `line` counts from 1 in the file, the header included. */
export const RowError = z
  .object({ line: z.int(), column: z.string().nullable(), message: z.string() })
  .meta({ id: 'RowError' })
export type RowError = z.infer<typeof RowError>

/** `POST /api/projects/<short_name>/imports?dry_run=true`, body: the CSV file. Nothing is stored. */
export const ImportPreview = z
  .object({
    columns: z.array(z.string()),
    /** The first rows, as the tasks that they would become. */
    rows: z.array(z.record(z.string(), z.string())),
    n_rows: z.int(),
    n_duplicates: z.int(),
    errors: z.array(RowError),
    n_errors: z.int(),
  })
  .meta({ id: 'ImportPreview' })
export type ImportPreview = z.infer<typeof ImportPreview>

/** The same without `dry_run`. All rows are stored or none. */
export const ImportOutcome = z
  .object({ n_created: z.int(), n_duplicates: z.int() })
  .meta({ id: 'ImportOutcome' })
export type ImportOutcome = z.infer<typeof ImportOutcome>

/** Columns that set a property of the task instead of a key of its `info`. */
export const TASK_COLUMNS = ['priority_0', 'n_answers', 'external_id'] as const
