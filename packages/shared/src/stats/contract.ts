import { z } from 'zod'
import { Export } from '../exports/contract.ts'
import { Progress } from '../projects/contract.ts'

/** Server-sent events of `GET /api/projects/<short_name>/events`: an `event:` name and JSON data.
 *  `progress` comes at once and after every change; `export` (owners only) likewise. */
export const ProjectEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('progress'), data: Progress }),
  z.object({ event: z.literal('export'), data: Export }),
])
export type ProjectEvent = z.infer<typeof ProjectEvent>
