import { z } from 'zod'

/** `PUT /api/projects/<short_name>/password`. */
export const ProjectPassword = z
  .strictObject({ password: z.string().min(6, 'must have 6 characters or more').max(200) })
  .meta({ id: 'ProjectPassword' })
export type ProjectPassword = z.infer<typeof ProjectPassword>

/** `POST …/pass`: what a visitor was told. */
export const PassRequest = z
  .strictObject({ password: z.string().min(1, 'must not be empty').max(200) })
  .meta({ id: 'PassRequest' })
export type PassRequest = z.infer<typeof PassRequest>

/** For programs that keep no cookies: sent as `X-Project-Pass`. */
export const Pass = z
  .object({
    token: z.string(),
    /** When it ends, seconds since 1970. */
    expires: z.int(),
  })
  .meta({ id: 'Pass' })
export type Pass = z.infer<typeof Pass>
