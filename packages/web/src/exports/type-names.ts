import type { ExportType } from '@manyhands/shared/exports/contract'

/** What the owner calls them. */
export const TYPE_NAMES: Record<ExportType, string> = {
  task_run: 'Answers',
  result: 'Results',
  task: 'Tasks',
}
