import type { Archive } from './contract.ts'
import type { ArchiveRow } from './table.ts'

export function toArchiveView(row: ArchiveRow): Archive {
  return {
    id: row.id,
    created: row.created,
    n_task_runs: row.nTaskRuns,
    n_results: row.nResults,
  }
}
