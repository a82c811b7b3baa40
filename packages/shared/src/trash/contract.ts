import { z } from 'zod'

/** `DELETE /api/projects/<short_name>`: into the trash; with `purge=true`, from there for good. */
export const Removal = z.object({
  purge: z
    .stringbool('must be true or false')
    .optional()
    .describe('Delete for good what is in the trash.'),
  confirm: z
    .string()
    .optional()
    .describe('The short name, typed once more: required with `purge`.'),
})
export type Removal = z.infer<typeof Removal>
