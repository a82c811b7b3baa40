import type { Task } from '@manyhands/shared/tasks/contract'

/** `task.info` is whatever the owner stored. Presenters read flat text from it; all else is empty. */
export function readInfo(task: Task | null | undefined, field: string | undefined): string {
  if (!field || typeof task?.info !== 'object' || task.info === null) return ''
  const value: unknown = Object.entries(task.info).find(([key]) => key === field)?.[1]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The keys of `task.info` that a presenter can show. */
export function listInfoFields(task: Task | null | undefined): string[] {
  if (typeof task?.info !== 'object' || task.info === null || Array.isArray(task.info)) return []
  return Object.keys(task.info)
}
