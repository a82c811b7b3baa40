import { toResultView } from '../results/view.ts'
import { toTaskRunView } from '../task-runs/view.ts'
import type { Related } from './related.ts'
import { toTaskView } from './view.ts'

/** What `related` adds to a task, by its names on the wire: raw objects, without links. */
export function relatedToTask(taskId: number, related: Related | undefined) {
  return related && { ...runsOf(taskId, related), ...resultOf(taskId, related) }
}

export function relatedToTaskRun(taskId: number, related: Related | undefined) {
  return related && { ...taskOf(taskId, related), ...resultOf(taskId, related) }
}

export function relatedToResult(taskId: number, related: Related | undefined) {
  return related && { ...runsOf(taskId, related), ...taskOf(taskId, related) }
}

function runsOf(taskId: number, { taskRuns }: Related) {
  return { task_runs: (taskRuns.get(taskId) ?? []).map(toTaskRunView) }
}

function resultOf(taskId: number, { results }: Related) {
  const result = results.get(taskId)
  return { result: result ? toResultView(result) : null }
}

function taskOf(taskId: number, { tasks }: Related) {
  const task = tasks.get(taskId)
  return { task: task ? toTaskView(task) : null }
}
