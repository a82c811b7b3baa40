import { z } from 'zod'

/** The outbox topic of a task that was completed without an answer: its redundancy was lowered. */
export const TASK_COMPLETED = 'task-completed'

export const TaskCompleted = z.object({ taskId: z.int(), projectId: z.int() })
export type TaskCompleted = z.infer<typeof TaskCompleted>
