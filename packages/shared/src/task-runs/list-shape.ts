import type { ListShape } from '../db/list.ts'
import { taskRuns } from './table.ts'

export const taskRunList: ListShape = {
  name: 'TaskRun',
  fields: {
    id: { column: taskRuns.id, kind: 'int' },
    created: { column: taskRuns.created, kind: 'moment' },
    project_id: { column: taskRuns.projectId, kind: 'parent-ids' },
    task_id: { column: taskRuns.taskId, kind: 'int' },
    user_id: { column: taskRuns.userId, kind: 'int' },
    user_ip: { column: taskRuns.userIp, kind: 'text' },
    finish_time: { column: taskRuns.finishTime, kind: 'moment' },
    timeout: { column: taskRuns.timeout, kind: 'int' },
    calibration: { column: taskRuns.calibration, kind: 'int' },
    external_uid: { column: taskRuns.externalUid, kind: 'text' },
    media_url: { column: taskRuns.mediaUrl, kind: 'text' },
    info: { column: taskRuns.info, kind: 'json' },
  },
}
