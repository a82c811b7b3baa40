import type { Task } from '@manyhands/shared/tasks/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { aTask } from '../../testing/fake-api.ts'
import { TaskQueue } from './task-queue.ts'

describe('the queue of tasks at hand', () => {
  /** What the server would give this volunteer, in its order. */
  let open: Task[]
  let warmed: number[]
  const fetchTasks = vi.fn(async ({ offset, limit }: { offset: number; limit: number }) =>
    open.slice(offset, offset + limit),
  )
  const newQueue = () => new TaskQueue({ fetchTasks, warm: ({ id }) => warmed.push(id) })
  /** The server hears of the answer, so the task is not open any more. */
  const answerCurrent = (queue: TaskQueue) => {
    const { current } = queue.getState()
    queue.answered()
    open = open.filter(({ id }) => id !== current?.id)
    return current?.id
  }

  beforeEach(() => {
    open = [1, 2, 3, 4, 5, 6, 7, 8].map((id) => aTask(id))
    warmed = []
    fetchTasks.mockClear()
  })

  it('has the next task there in the same moment, its picture loaded before', async () => {
    const queue = newQueue()
    await queue.start()
    expect(queue.getState()).toMatchObject({ phase: 'ready', current: { id: 1 } })
    expect(warmed).toEqual([1, 2, 3, 4, 5])
    queue.answered()
    expect(queue.getState()).toMatchObject({ phase: 'ready', current: { id: 2 } })
  })

  it('shows every task once, whether or not the server knows of the last answer yet', async () => {
    const queue = newQueue()
    await queue.start()
    const seen: (number | undefined)[] = []
    for (let turn = 0; turn < 8; turn++) {
      await vi.waitFor(() => expect(queue.getState().phase).toBe('ready'))
      const heard = turn % 2 === 0
      seen.push(heard ? answerCurrent(queue) : queue.getState().current?.id)
      if (!heard) {
        queue.answered()
        await Promise.resolve()
        open = open.filter(({ id }) => !seen.includes(id))
      }
    }
    await vi.waitFor(() => expect(queue.getState().phase).toBe('empty'))
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
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
