import type { Reader } from '../db/types.ts'
import { listCurrentResults } from '../results/repository.ts'
import type { ResultRow } from '../results/table.ts'
import { listTaskRunsOfTasks } from '../task-runs/repository.ts'
import type { TaskRunRow } from '../task-runs/table.ts'
import { listTasksByIds } from './repository.ts'
import type { TaskRow } from './table.ts'

type RelatedKind = 'tasks' | 'taskRuns' | 'results'

/** What belongs to some tasks, by task id. All of it is in the tasks' own projects, so whoever may read
 *  one part may read the others. */
export interface Related {
  tasks: Map<number, TaskRow>
  taskRuns: Map<number, TaskRunRow[]>
  results: Map<number, ResultRow>
}

/** What the argument `related` embeds in each kind of object (rest-api.md section 3.5). */
const EMBEDDED: Record<'task' | 'taskrun' | 'result', RelatedKind[]> = {
  task: ['taskRuns', 'results'],
  taskrun: ['tasks', 'results'],
  result: ['tasks', 'taskRuns'],
}

/** Reads what belongs to the objects of a page, if it was asked for: one query for each kind, whatever
 *  the page. */
export async function readRelated(
  db: Reader,
  object: keyof typeof EMBEDDED,
  rows: ReadonlyArray<{ id: number; taskId?: number }>,
  args: Record<string, string>,
): Promise<Related | undefined> {
  if (!args.related) return undefined
  const kinds = EMBEDDED[object]
  const ids = [...new Set(rows.map((row) => row.taskId ?? row.id))]
  const wanted = (kind: RelatedKind) => (kinds.includes(kind) ? ids : [])
  const [tasks, taskRuns, results] = await Promise.all([
    listTasksByIds(db, wanted('tasks')),
    listTaskRunsOfTasks(db, wanted('taskRuns')),
    listCurrentResults(db, wanted('results')),
  ])
  return {
    tasks: new Map(tasks.map((task) => [task.id, task])),
    taskRuns: Map.groupBy(taskRuns, (run) => run.taskId),
    results: new Map(results.map((result) => [result.taskId, result])),
  }
}
