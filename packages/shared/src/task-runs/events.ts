import { z } from 'zod'

/** The outbox topic of every stored answer. The relay moves the project's counters by it and queues
 *  the result of a task that it completes. */
export const TASK_RUN_STORED = 'task-run-stored'

export const TaskRunStored = z.object({
  taskRunId: z.int(),
  taskId: z.int(),
  projectId: z.int(),
  /** This answer was the last one that the task wanted. */
  completes: z.boolean(),
  volunteerKey: z.string(),
  userId: z.int().nullable(),
  finishTime: z.string(),
  /** `finish_time - created`, seconds. */
  secondsSpent: z.number(),
})
export type TaskRunStored = z.infer<typeof TaskRunStored>
