import { type SQL, sql } from 'drizzle-orm'
import type { ListShape } from '../db/list.ts'
import { taskRuns } from '../task-runs/table.ts'
import { results } from './table.ts'

export const resultList: ListShape = {
  name: 'Result',
  fields: {
    id: { column: results.id, kind: 'int', pinpoint: true },
    created: { column: results.created, kind: 'moment' },
    project_id: { column: results.projectId, kind: 'parent-ids' },
    task_id: { column: results.taskId, kind: 'int', pinpoint: true },
    task_run_ids: {
      column: results.taskRunIds,
      kind: 'ints',
      pinpoint: true,
      unordered: true,
      implies: ofTheTaskAnsweredBy,
    },
    last_version: { column: results.lastVersion, kind: 'bool', fewValues: true },
    info: { column: results.info, kind: 'json', unordered: true },
  },
}

/** All answers of a result are to its task. */
function ofTheTaskAnsweredBy(runIds: string): SQL {
  const [first] = runIds.match(/\d+/) ?? []
  if (!first) return sql`false`
  return sql`${results.taskId} = (select ${taskRuns.taskId} from ${taskRuns} where ${taskRuns.id} = ${Number(first)})`
}
