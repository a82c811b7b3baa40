import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { Task } from '@manyhands/shared/tasks/contract'
import { readInfo } from '../tasks/task-info.ts'

/** Held so that the browser keeps them decoded until they are shown. */
const warmed = new Map<string, HTMLImageElement>()
const KEPT = 12

/** Loads and decodes the picture of a task that will be shown soon. */
export function warmStimulus(presenter: Presenter, task: Task): void {
  if (presenter.stimulus.kind !== 'image') return
  const url = readInfo(task, presenter.stimulus.field)
  if (!url || warmed.has(url)) return
  const image = new Image()
  image.src = url
  warmed.set(url, image)
  // A picture that cannot be loaded says so when it is shown.
  image.decode().catch(() => warmed.delete(url))
  const [oldest] = warmed.keys()
  if (oldest && warmed.size > KEPT) warmed.delete(oldest)
}
