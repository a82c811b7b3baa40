import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { Task } from '@manyhands/shared/tasks/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState } from 'react'
import type { GiveAnswer } from '../presenters/answer-choice.tsx'
import { projectQueries } from '../projects/queries.ts'
import { taskQueries } from '../tasks/queries.ts'
import type { TaskQueue, TaskQueueState } from '../tasks/task-queue.ts'
import { useTaskQueue } from '../tasks/use-task-queue.ts'
import { useAccount } from '../users/queries.ts'
import { useOutbox } from './outbox-context.tsx'

/** The second press of a double press lands on the next task: nobody chooses that fast. */
const SETTLING_MS = 250

export interface Answering {
  queue: TaskQueue
  state: TaskQueueState
  /** Answered during this visit, oldest first. */
  answered: Task[]
  /** Where the last answered task went. */
  direction: Parameters<GiveAnswer>[1]
  answer: GiveAnswer
  skip(): void
}

interface Project {
  id: number
  short_name: string
}

/** Shows task after task and hands each answer to the outbox, which never loses it. */
export function useAnswering(
  project: Project,
  presenter: Presenter,
  firstTaskId?: number,
): Answering {
  const outbox = useOutbox()
  const { queue, state } = useTaskQueue(project.id, presenter, outbox, firstTaskId)
  const [answered, setAnswered] = useState<Task[]>([])
  const [direction, setDirection] = useState<Answering['direction']>('up')
  const queryClient = useQueryClient()
  const account = useAccount()
  const shownAt = useRef(0)
  const taskId = state.current?.id

  useLayoutEffect(() => {
    if (taskId !== undefined) shownAt.current = performance.now()
  }, [taskId])

  const answer: GiveAnswer = (value, towards) => {
    const task = state.current
    // What was typed was meant, however fast.
    const settles = presenter.answer.kind === 'choice'
    if (!task || (settles && performance.now() - shownAt.current < SETTLING_MS)) return
    void outbox.add({
      key: crypto.randomUUID(),
      run: { project_id: project.id, task_id: task.id, info: { answer: value } },
      accountId: account?.id ?? null,
      givenAt: Date.now(),
    })
    queryClient.setQueryData(
      taskQueries.progress(project.short_name).queryKey,
      (progress) => progress && { ...progress, done: progress.done + 1 },
    )
    queryClient.setQueryData(
      projectQueries.page(project.short_name).queryKey,
      (page) => page && { ...page, done_by_me: page.done_by_me + 1 },
    )
    setDirection(towards)
    setAnswered([...answered, task])
    queue.answered()
  }
  const skip = () => {
    setDirection('up')
    queue.skip()
  }
  return { queue, state, answered, direction, answer, skip }
}
