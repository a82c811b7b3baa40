import { z } from 'zod'

/** `GET /api/globalstats` (rest-api.md section 2.16). */
export const GlobalStats = z
  .object({
    /** Published ones and drafts. */
    n_projects: z.int(),
    /** Accounts and anonymous volunteers. */
    n_users: z.int(),
    /** The answers that all tasks want, not the number of tasks. */
    n_tasks: z.int(),
    n_task_runs: z.int(),
    n_pending_tasks: z.int(),
    /** Results whose info somebody has set. */
    n_results: z.int(),
    /** One-key objects: each category in use with its open projects, then `featured`, then `draft`. */
    categories: z.array(z.record(z.string(), z.int())),
  })
  .meta({ id: 'GlobalStats' })
export type GlobalStats = z.infer<typeof GlobalStats>
