import { aggregateResult } from '@manyhands/shared/results/jobs'
import { TASK_COMPLETED, TaskCompleted } from '@manyhands/shared/tasks/events'
import { defineTopic } from '../runtime/topic.ts'

/** A task that was completed without an answer: its result is due. */
export const taskCompletedTopic = defineTopic({
  name: TASK_COMPLETED,
  payload: TaskCompleted,
  enqueue: (producer, events) =>
    producer.enqueueAll(
      aggregateResult,
      events.map(({ id, payload }) => ({
        id: `outbox-${id}`,
        payload: { taskId: payload.taskId },
      })),
    ),
})
