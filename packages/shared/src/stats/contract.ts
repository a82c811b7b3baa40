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

/** The numbers of a project, as `GET /api/projectstats` shows them. */
export const ProjectStats = z
  .object({
    id: z.int32(),
    project_id: z.int32(),
    n_tasks: z.int(),
    n_task_runs: z.int(),
    n_results: z.int(),
    n_volunteers: z.int(),
    n_completed_tasks: z.int(),
    /** Completed tasks in percent. */
    overall_progress: z.int(),
    /** Mean time that a volunteer spends on a task, seconds. */
    average_time: z.number(),
    n_blogposts: z.int(),
    /** `"0"` before the first answer. */
    last_activity: z.string(),
    /** With `full`: also the three series `hours_stats`, `dates_stats`, `users_stats`. */
    info: z.record(z.string(), z.unknown()),
    link: z.string().optional(),
    links: z.array(z.string()).optional(),
  })
  .meta({ id: 'ProjectStats' })
export type ProjectStats = z.infer<typeof ProjectStats>
