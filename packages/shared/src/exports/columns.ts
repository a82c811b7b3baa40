import type { PgColumn } from 'drizzle-orm/pg-core'
import { results } from '../results/table.ts'
import { taskRuns } from '../task-runs/table.ts'
import { tasks } from '../tasks/table.ts'
import type { ExportType } from './contract.ts'

/** A column of the wire: what the files show, in this order (behaviour.md section 6.4). */
export interface ExportColumn {
  name: string
  column: PgColumn
  kind: 'number' | 'flag' | 'text' | 'moment' | 'list' | 'json'
}

export const EXPORT_COLUMNS: Record<ExportType, ExportColumn[]> = {
  task: [
    { name: 'id', column: tasks.id, kind: 'number' },
    { name: 'created', column: tasks.created, kind: 'moment' },
    { name: 'project_id', column: tasks.projectId, kind: 'number' },
    { name: 'state', column: tasks.state, kind: 'text' },
    { name: 'quorum', column: tasks.quorum, kind: 'number' },
    { name: 'calibration', column: tasks.calibration, kind: 'number' },
    { name: 'priority_0', column: tasks.priority0, kind: 'number' },
    { name: 'info', column: tasks.info, kind: 'json' },
    { name: 'n_answers', column: tasks.nAnswers, kind: 'number' },
    { name: 'fav_user_ids', column: tasks.favUserIds, kind: 'list' },
  ],
  task_run: [
    { name: 'id', column: taskRuns.id, kind: 'number' },
    { name: 'created', column: taskRuns.created, kind: 'moment' },
    { name: 'project_id', column: taskRuns.projectId, kind: 'number' },
    { name: 'task_id', column: taskRuns.taskId, kind: 'number' },
    { name: 'user_id', column: taskRuns.userId, kind: 'number' },
    { name: 'user_ip', column: taskRuns.userIp, kind: 'text' },
    { name: 'finish_time', column: taskRuns.finishTime, kind: 'moment' },
    { name: 'timeout', column: taskRuns.timeout, kind: 'number' },
    { name: 'calibration', column: taskRuns.calibration, kind: 'number' },
    { name: 'external_uid', column: taskRuns.externalUid, kind: 'text' },
    { name: 'media_url', column: taskRuns.mediaUrl, kind: 'text' },
    { name: 'info', column: taskRuns.info, kind: 'json' },
  ],
  result: [
    { name: 'id', column: results.id, kind: 'number' },
    { name: 'created', column: results.created, kind: 'moment' },
    { name: 'project_id', column: results.projectId, kind: 'number' },
    { name: 'task_id', column: results.taskId, kind: 'number' },
    { name: 'task_run_ids', column: results.taskRunIds, kind: 'list' },
    { name: 'last_version', column: results.lastVersion, kind: 'flag' },
    { name: 'info', column: results.info, kind: 'json' },
  ],
}
