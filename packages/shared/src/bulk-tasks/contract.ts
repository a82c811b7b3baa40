import { z } from 'zod'
import { Strategy } from '../scheduler/contract.ts'

/** Tasks that one request may name. */
const MAX_IDS = 100_000
const ids = z.array(z.int().min(1)).min(1).max(MAX_IDS)

/** `PUT /api/projects/<short_name>/scheduler`. */
export const SchedulerChange = z.strictObject({ sched: Strategy }).meta({ id: 'SchedulerChange' })
export type SchedulerChange = z.infer<typeof SchedulerChange>

/** `PUT …/redundancy`: of all tasks, or of those named. */
export const RedundancyChange = z
  .strictObject({ n_answers: z.int().min(1).max(10_000), task_ids: ids.optional() })
  .meta({ id: 'RedundancyChange' })
export type RedundancyChange = z.infer<typeof RedundancyChange>

export const RedundancyOutcome = z
  .object({
    n_changed: z.int(),
    /** Tasks that have as many answers as they now want. */
    n_completed: z.int(),
    /** Tasks that were completed and now want more. */
    n_reopened: z.int(),
  })
  .meta({ id: 'RedundancyOutcome' })
export type RedundancyOutcome = z.infer<typeof RedundancyOutcome>

/** `PUT …/priorities`. */
export const PriorityChange = z
  .strictObject({ task_ids: ids, priority_0: z.number().min(0).max(1) })
  .meta({ id: 'PriorityChange' })
export type PriorityChange = z.infer<typeof PriorityChange>

export const PriorityOutcome = z
  .object({
    n_changed: z.int(),
    /** Ids that are no tasks of this project, the first hundred of them. */
    unknown_ids: z.array(z.int()),
  })
  .meta({ id: 'PriorityOutcome' })
export type PriorityOutcome = z.infer<typeof PriorityOutcome>

/** `DELETE …/tasks`: what has a result stays. */
export const DeletionOutcome = z
  .object({ n_deleted: z.int(), n_kept: z.int() })
  .meta({ id: 'DeletionOutcome' })
export type DeletionOutcome = z.infer<typeof DeletionOutcome>

/** A row of `PUT /api/project/<id>/tasks`: creates the task of this key, or changes what is given of it. */
export const TaskUpsert = z
  .strictObject({
    external_id: z.string().min(1, 'must not be empty').max(500),
    info: z.unknown().optional(),
    n_answers: z.int().min(1).max(10_000).optional(),
    priority_0: z.number().min(-1e9).max(1e9).optional(),
    quorum: z.int().optional(),
    calibration: z.int().optional(),
  })
  .meta({ id: 'TaskUpsert' })
export type TaskUpsert = z.infer<typeof TaskUpsert>

/** Query arguments of the same. */
export const UpsertOptions = z.object({
  dry_run: z
    .stringbool('must be true or false')
    .default(false)
    .describe('Say what would become of each row, and store nothing.'),
  from_line: z.coerce
    .number()
    .int()
    .min(1)
    .default(1)
    .describe('Pass over the lines before this one, counted from 1: to go on where it broke off.'),
})
export type UpsertOptions = z.infer<typeof UpsertOptions>

/** A line of the answer: what became of a row. */
export const RowVerdict = z
  .object({
    line: z.int(),
    external_id: z.string().nullable(),
    status: z.enum(['created', 'updated', 'unchanged', 'error']),
    /** Of the task; null for an error, and for what a dry run would create. */
    id: z.int().nullable(),
    issues: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'RowVerdict' })
export type RowVerdict = z.infer<typeof RowVerdict>

/** The last line of the answer. After `failed` the request may be sent again, whole or with
 *  `from_line=next_line`. */
export const UpsertSummary = z
  .object({
    status: z.enum(['done', 'failed']),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    errors: z.int(),
    dry_run: z.boolean(),
    next_line: z.int(),
    message: z.string().optional(),
  })
  .meta({ id: 'UpsertSummary' })
export type UpsertSummary = z.infer<typeof UpsertSummary>
