import type { ListShape } from '../db/list.ts'
import { projectStats } from './table.ts'

export const projectStatsList: ListShape = {
  name: 'ProjectStats',
  fields: {
    id: { column: projectStats.id, kind: 'int' },
    project_id: { column: projectStats.projectId, kind: 'parent-ids' },
    n_tasks: { column: projectStats.nTasks, kind: 'int' },
    n_task_runs: { column: projectStats.nTaskRuns, kind: 'int' },
    n_results: { column: projectStats.nResults, kind: 'int' },
    n_volunteers: { column: projectStats.nVolunteers, kind: 'int' },
    n_completed_tasks: { column: projectStats.nCompletedTasks, kind: 'int' },
    overall_progress: { column: projectStats.overallProgress, kind: 'int' },
    average_time: { column: projectStats.averageTime, kind: 'number' },
    n_blogposts: { column: projectStats.nBlogposts, kind: 'int' },
    last_activity: { column: projectStats.lastActivity, kind: 'moment' },
    info: { column: projectStats.info, kind: 'json' },
  },
}
