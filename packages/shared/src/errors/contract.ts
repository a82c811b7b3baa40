import { z } from 'zod'

/** The original's error body (rest-api.md section 8.1) with the request id, so that a report from a
 *  volunteer can be found in the log. `error_code` and `issues` are ours: a stable code, and which
 *  fields. There is no key `code`, since the `pbs` client stops at any object that has one, but at a
 *  path that there is not: there it is the status, beside `description` (section 8.3). */
export const ErrorBody = z
  .object({
    action: z.string(),
    status: z.literal('failed'),
    status_code: z.int(),
    target: z.string(),
    exception_cls: z.string(),
    exception_msg: z.string(),
    error_code: z.string(),
    code: z.int().optional(),
    description: z.string().optional(),
    request_id: z.string(),
    issues: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Error' })
export type ErrorBody = z.infer<typeof ErrorBody>
