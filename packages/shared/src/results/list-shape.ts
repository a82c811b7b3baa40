import type { ListShape } from '../db/list.ts'
import { results } from './table.ts'

export const resultList: ListShape = {
  name: 'Result',
  fields: {
    id: { column: results.id, kind: 'int' },
    created: { column: results.created, kind: 'moment' },
    project_id: { column: results.projectId, kind: 'parent-ids' },
    task_id: { column: results.taskId, kind: 'int' },
    task_run_ids: { column: results.taskRunIds, kind: 'ints' },
    last_version: { column: results.lastVersion, kind: 'bool' },
    info: { column: results.info, kind: 'json' },
  },
}
