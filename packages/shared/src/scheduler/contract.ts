import { z } from 'zod'

/** `project.info.sched`; anything else is served as `default` (rest-api.md section 4.4). */
export const Strategy = z.enum([
  'default',
  'depth_first',
  'breadth_first',
  'depth_first_all',
  'incremental',
  'locked',
])
export type Strategy = z.infer<typeof Strategy>
