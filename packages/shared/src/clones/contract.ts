import { z } from 'zod'
import { ShortName } from '../projects/contract.ts'

/** `POST /api/projects/<short_name>/clone`. */
export const CloneRequest = z
  .strictObject({
    name: z.string().min(1, 'must not be empty').max(255),
    short_name: ShortName,
    /** The tasks too; never their answers. */
    tasks: z.boolean().default(false),
  })
  .meta({ id: 'CloneRequest' })
export type CloneRequest = z.infer<typeof CloneRequest>
