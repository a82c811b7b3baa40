import type { TaskRun } from './contract.ts'
import type { TaskRunRow } from './table.ts'

export function toTaskRunView(row: TaskRunRow): TaskRun {
  return {
    id: row.id,
    created: row.created,
    project_id: row.projectId,
    task_id: row.taskId,
    user_id: row.userId,
    user_ip: row.userIp,
    finish_time: row.finishTime,
    timeout: row.timeout,
    calibration: row.calibration,
    external_uid: row.externalUid,
    media_url: row.mediaUrl,
    info: row.info ?? null,
  }
}
