import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { Task } from '@manyhands/shared/tasks/contract'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { warmStimulus } from '../presenters/warm-stimulus.ts'
import { fetchNewTasks, requestTask } from './queries.ts'
import { TaskQueue, type TaskQueueState } from './task-queue.ts'

/** A queue of tasks for one visit. `firstTaskId` is shown first, whatever the scheduler would say. */
export function useTaskQueue(
  projectId: number,
  presenter: Presenter,
  outbox: { listAnsweredTasks(): Promise<ReadonlySet<number>> },
  firstTaskId?: number,
): { queue: TaskQueue; state: TaskQueueState } {
  const queue = useMemo(
    () =>
      new TaskQueue({
        fetchTasks: (window) => fetchNewTasks(projectId, window),
        listAnswered: () => outbox.listAnsweredTasks(),
        warm: (task: Task) => warmStimulus(presenter, task),
      }),
    [projectId, presenter, outbox],
  )
  useEffect(() => {
    void queue.start(
      firstTaskId === undefined ? undefined : () => requestTask(projectId, firstTaskId),
    )
  }, [queue, projectId, firstTaskId])
  useEffect(() => {
    const onOnline = () => {
      if (queue.getState().phase === 'failed') void queue.retry()
    }
    addEventListener('online', onOnline)
    return () => removeEventListener('online', onOnline)
  }, [queue])
  return { queue, state: useSyncExternalStore(queue.subscribe, queue.getState) }
}
