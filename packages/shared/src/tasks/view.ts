import type { Task } from './contract.ts'
import type { TaskRow } from './table.ts'

export function toTaskView(row: TaskRow): Task {
  return {
    id: row.id,
    created: row.created,
    project_id: row.projectId,
    state: row.state,
    quorum: row.quorum,
    calibration: row.calibration,
    priority_0: row.priority0,
    info: row.info ?? null,
    n_answers: row.nAnswers,
    fav_user_ids: row.favUserIds,
  }
}
