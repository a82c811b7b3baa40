import { z } from 'zod'

export const Task = z
  .object({
    id: z.int32(),
    created: z.string(),
    project_id: z.int32(),
    state: z.enum(['ongoing', 'completed']),
    quorum: z.int32(),
    calibration: z.int32(),
    priority_0: z.number(),
    info: z.unknown(),
    n_answers: z.int32(),
    fav_user_ids: z.array(z.int()).nullable(),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
    /** With `related`: raw objects, without links (rest-api.md section 3.5). */
    task_runs: z.array(z.record(z.string(), z.unknown())).optional(),
    result: z.record(z.string(), z.unknown()).nullable().optional(),
    /** Of a full-text search. */
    headline: z.string().optional(),
    rank: z.number().optional(),
  })
  .meta({ id: 'Task' })
export type Task = z.infer<typeof Task>

const writable = {
  quorum: z.int32(),
  calibration: z.int32(),
  priority_0: z.number().min(-1e9).max(1e9),
  info: z.unknown(),
  n_answers: z.int32().min(1).max(10_000),
}

/** How many tasks one `POST /api/task` may bring. */
export const MAX_TASKS = 1_000

/** `POST /api/task`. */
export const TaskInput = z
  .strictObject({ project_id: z.int32(), ...writable })
  .partial()
  .required({ project_id: true })
  .meta({ id: 'TaskInput' })
export type TaskInput = z.infer<typeof TaskInput>

/** `PUT /api/task/<id>`. */
export const TaskChange = z.strictObject(writable).partial().meta({ id: 'TaskChange' })
export type TaskChange = z.infer<typeof TaskChange>

/** For whom an outside application asks. */
const ExternalUid = z
  .string()
  .optional()
  .describe("The outside application's own name of its user.")

/** `GET /api/project/<id or short name>/newtask`. Other arguments are ignored (rest-api.md section 4.1). */
export const NewTaskQuery = z.object({
  limit: z.string().optional().describe('How many tasks at most: 1, and never more than 100.'),
  offset: z.string().optional().describe('How many to pass over: to load the next one ahead.'),
  orderby: z.string().optional().describe('A field of the task, in place of the usual order.'),
  desc: z.string().optional().describe('`true`: in descending order.'),
  external_uid: ExternalUid,
})

/** What somebody without account gets where the project wants accounts: shaped like a task, since
 *  presenters test its `info.error`. */
export const TaskRefusal = z
  .looseObject({ id: z.null(), info: z.strictObject({ error: z.string() }) })
  .meta({ id: 'TaskRefusal' })

/** Nothing is `{}`, one task an object, more an array (rest-api.md section 4.2). */
export const NewTask = z
  .union([Task, z.array(Task), TaskRefusal, z.strictObject({})])
  .meta({ id: 'NewTask' })

/** `GET /api/project/<id or short_name>/userprogress`. */
export const UserProgress = z.object({ done: z.int(), total: z.int() }).meta({ id: 'UserProgress' })
export type UserProgress = z.infer<typeof UserProgress>

export const UserProgressQuery = z.object({ external_uid: ExternalUid })
