import type { Result } from './contract.ts'
import type { ResultRow } from './table.ts'

export function toResultView(row: ResultRow): Result {
  return {
    id: row.id,
    created: row.created,
    project_id: row.projectId,
    task_id: row.taskId,
    task_run_ids: row.taskRunIds,
    last_version: row.lastVersion,
    info: row.info ?? null,
  }
}
