import { Presenter } from '../presenters/contract.ts'

/** The built-in presenter of a project, if it has a valid one. */
export function presenterOf(info: Record<string, unknown>): Presenter | null {
  const parsed = Presenter.safeParse(info.presenter)
  return parsed.success ? parsed.data : null
}

export function hasCustomPresenter(info: Record<string, unknown>): boolean {
  return typeof info.task_presenter === 'string' && info.task_presenter.trim() !== ''
}

/** What keeps a draft from being published, in the order of the checklist. */
export function missingForPublishing(
  info: Record<string, unknown>,
  nTasks: number,
): Array<'tasks' | 'presenter'> {
  const missing: Array<'tasks' | 'presenter'> = []
  if (nTasks === 0) missing.push('tasks')
  if (!presenterOf(info) && !hasCustomPresenter(info)) missing.push('presenter')
  return missing
}

/** Completed tasks in percent, rounded down: 99.9 % is not done. */
export function progressPercent(nCompleted: number, nTasks: number): number {
  return nTasks === 0 ? 0 : Math.floor((nCompleted * 100) / nTasks)
}
