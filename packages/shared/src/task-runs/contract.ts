import { z } from 'zod'

export const TaskRun = z
  .object({
    id: z.int32(),
    created: z.string(),
    project_id: z.int32(),
    task_id: z.int32(),
    user_id: z.int32().nullable(),
    user_ip: z.string().nullable(),
    finish_time: z.string(),
    timeout: z.int32().nullable(),
    calibration: z.int32().nullable(),
    external_uid: z.string().nullable(),
    media_url: z.string().nullable(),
    info: z.unknown(),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
    /** With `related`: raw objects, without links (rest-api.md section 3.5). */
    task: z.record(z.string(), z.unknown()).nullable().optional(),
    result: z.record(z.string(), z.unknown()).nullable().optional(),
    /** Of a full-text search. */
    headline: z.string().optional(),
    rank: z.number().optional(),
  })
  .meta({ id: 'TaskRun' })
export type TaskRun = z.infer<typeof TaskRun>

/** `POST /api/taskrun`. `user_id` and `user_ip` may be sent back by whole-object clients and are
 *  ignored: who answers is decided by the request, never by its body. */
export const SubmitTaskRun = z
  .strictObject({
    project_id: z.int32(),
    task_id: z.int32(),
    info: z.unknown().optional(),
    external_uid: z.string().nullable().optional(),
    media_url: z.string().nullable().optional(),
    timeout: z.int32().nullable().optional(),
    calibration: z.int32().nullable().optional(),
    user_id: z.unknown().optional(),
    user_ip: z.unknown().optional(),
  })
  .meta({ id: 'SubmitTaskRun' })
export type SubmitTaskRun = z.infer<typeof SubmitTaskRun>

/** The same as a form with a file, where every part but the file is text. */
export const SubmitTaskRunForm = z
  .object({
    project_id: z.string(),
    task_id: z.string(),
    info: z.string().optional().meta({ description: 'A JSON object.' }),
    external_uid: z.string().optional(),
    file: z.string().meta({ format: 'binary' }),
  })
  .meta({ id: 'SubmitTaskRunForm' })

/** `PUT /api/taskrun/<id>`: the answer and its file. Whose answer it is, and to which task, stays. */
export const TaskRunChange = z
  .strictObject({ info: z.unknown(), media_url: z.string().nullable() })
  .partial()
  .meta({ id: 'TaskRunChange' })
export type TaskRunChange = z.infer<typeof TaskRunChange>

/** What decides whether somebody may answer: read before the rest of the body is. */
export const AnswerIds = z.object({
  project_id: z.int32(),
  task_id: z.int32(),
  external_uid: z.string().nullable().optional(),
})
export type AnswerIds = z.infer<typeof AnswerIds>
