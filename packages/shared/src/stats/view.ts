import { progressPercent } from '../projects/rules.ts'
import type { ProjectStats } from './contract.ts'
import type { ProjectStatsRow } from './table.ts'

/** The `projectstats` object of the wire. Without `full` the three big series are left out. */
export function toProjectStatsView(row: ProjectStatsRow, full = true): ProjectStats {
  // The mark of the last refresh is the worker's own.
  const { refreshed: _, ...info } = row.info
  const { hours_stats, dates_stats, users_stats, ...rest } = info
  return {
    id: row.id,
    project_id: row.projectId,
    n_tasks: row.nTasks,
    n_task_runs: row.nTaskRuns,
    n_results: row.nResults,
    n_volunteers: row.nVolunteers,
    n_completed_tasks: row.nCompletedTasks,
    overall_progress: progressPercent(row.nCompletedTasks, row.nTasks),
    average_time: row.averageTime,
    n_blogposts: row.nBlogposts,
    last_activity: row.lastActivity ?? '0',
    info: full ? info : rest,
  }
}
