import { aggregateResult } from '@manyhands/shared/results/jobs'
import { countTaskRuns } from '@manyhands/shared/stats/count-task-runs'
import { TASK_RUN_STORED, TaskRunStored } from '@manyhands/shared/task-runs/events'
import { defineTopic } from '../runtime/topic.ts'

/** An answer: the project's counters move, and the result of a task that it completed is due. */
export const taskRunStoredTopic = defineTopic({
  name: TASK_RUN_STORED,
  payload: TaskRunStored,
  count: countTaskRuns,
  enqueue: (producer, events) =>
    producer.enqueueAll(
      aggregateResult,
      events
        .filter(({ payload }) => payload.completes)
        .map(({ id, payload }) => ({
          id: `outbox-${id}`,
          payload: { taskId: payload.taskId },
        })),
    ),
})
