import type { Task } from '@manyhands/shared/tasks/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aTask } from '../../testing/fake-api.ts'
import { TaskQueue } from './task-queue.ts'

describe('the queue of tasks at hand', () => {
  /** What the server would give this volunteer, in its order. */
  let open: Task[]
  let warmed: number[]
  /** What the outbox has taken, stored or not. */
  let answered: Set<number>
  const fetchTasks = vi.fn(async ({ offset, limit }: { offset: number; limit: number }) =>
    open.slice(offset, offset + limit),
  )
  const newQueue = () =>
    new TaskQueue({
      fetchTasks,
      listAnswered: async () => answered,
      warm: ({ id }) => warmed.push(id),
    })
  const answer = (queue: TaskQueue) => {
    const { current } = queue.getState()
    if (current) answered.add(current.id)
    queue.answered()
    return current?.id
  }
  /** The server hears of the answer, so the task is not open any more. */
  const answerCurrent = (queue: TaskQueue) => {
    const id = answer(queue)
    open = open.filter((task) => task.id !== id)
    return id
  }

  beforeEach(() => {
    open = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => aTask(id))
    warmed = []
    answered = new Set()
    fetchTasks.mockClear()
  })

  it('has the next task there in the same moment, its picture loaded before', async () => {
    const queue = newQueue()
    await queue.start()
    expect(queue.getState()).toMatchObject({ phase: 'ready', current: { id: 1 } })
    expect(warmed).toEqual([1, 2, 3, 4, 5])
    answer(queue)
    expect(queue.getState()).toMatchObject({ phase: 'ready', current: { id: 2 } })
  })

  it('shows every task once, whether or not the server knows of the last answer yet', async () => {
    const queue = newQueue()
    await queue.start()
    const seen: (number | undefined)[] = []
    for (let turn = 0; turn < 8; turn++) {
      await vi.waitFor(() => expect(queue.getState().phase).toBe('ready'))
      // Every other answer reaches the server late, after the queue has asked for more.
      seen.push(turn % 2 === 0 ? answerCurrent(queue) : answer(queue))
      await Promise.resolve()
    }
    await vi.waitFor(() => expect(queue.getState().phase).toBe('empty'))
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('does not show what an earlier visit answered and could not send yet', async () => {
    answered = new Set([1, 2])
    const queue = newQueue()
    await queue.start()
    expect(queue.getState().current?.id).toBe(3)
  })

  it('asks behind what is at hand and set aside', async () => {
    const queue = newQueue()
    await queue.start()
    queue.skip()
    queue.skip()
    queue.skip()
    await vi.waitFor(() => expect(fetchTasks).toHaveBeenLastCalledWith({ offset: 5, limit: 3 }))
  })

  it('brings back what was skipped, once nothing else is left', async () => {
    open = open.slice(0, 2)
    const queue = newQueue()
    await queue.start()
    queue.skip()
    answerCurrent(queue)
    await vi.waitFor(() => expect(queue.getState()).toMatchObject({ phase: 'empty', skipped: 1 }))
    queue.returnToSkipped()
    expect(queue.getState()).toMatchObject({ phase: 'ready', current: { id: 1 }, skipped: 0 })
  })

  it('finds tasks that moved to the front because others completed some', async () => {
    open = open.slice(0, 3)
    const queue = newQueue()
    await queue.start()
    queue.skip()
    // Somebody else completed the skipped one; two new ones came in.
    open = [aTask(2), aTask(3), aTask(9)]
    answerCurrent(queue)
    answerCurrent(queue)
    await vi.waitFor(() => expect(queue.getState().current?.id).toBe(9))
  })

  it('says so when the first tasks cannot be fetched, and tries again on demand', async () => {
    fetchTasks.mockRejectedValueOnce(new Error('down'))
    const queue = newQueue()
    await queue.start()
    expect(queue.getState()).toMatchObject({ phase: 'failed' })
    await queue.retry()
    expect(queue.getState()).toMatchObject({ phase: 'ready', current: { id: 1 } })
  })

  it('shows the task that was asked for first, and no other in its place', async () => {
    const queue = newQueue()
    await queue.start(async () => aTask(42))
    expect(queue.getState().current?.id).toBe(42)

    const refused = newQueue()
    await refused.start(() => Promise.reject(new Error('no such task')))
    expect(refused.getState()).toMatchObject({ phase: 'failed', current: null })
  })
})
