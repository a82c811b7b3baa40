import { randomUUID } from 'node:crypto'
import type { Context } from '@manyhands/shared/context/context'
import { storeTaskRun } from '@manyhands/shared/task-runs/repository'
import { browserVolunteer, type Volunteer } from '@manyhands/shared/volunteers/identity'
import { sql } from 'drizzle-orm'

/** A volunteer of its own: a new browser. */
export function newVolunteer(): Volunteer {
  return browserVolunteer(randomUUID(), '10.0.0.1')
}

/** Stores an answer as the API does: the row, the task's counter and the outbox row in one. */
export async function storeAnswer(
  ctx: Context,
  task: { id: number; projectId: number },
  answer: { volunteer?: Volunteer; info?: unknown; secondsSpent?: number } = {},
): Promise<void> {
  await storeTaskRun(ctx.db.primary, {
    taskId: task.id,
    projectId: task.projectId,
    volunteer: answer.volunteer ?? newVolunteer(),
    requestedAt: new Date(Date.now() - (answer.secondsSpent ?? 0) * 1_000).toISOString(),
    info: answer.info ?? { answer: 'owl' },
    mediaUrl: null,
    timeout: null,
    calibration: null,
    idempotencyKey: null,
    answerHash: 'hash',
  })
}

/** Very many answers to one task of the project, at once and past the outbox. */
export async function insertManyAnswers(
  ctx: Context,
  task: { id: number; projectId: number },
  count: number,
): Promise<void> {
  await ctx.db.primary.execute(sql`
    insert into task_runs (project_id, task_id, user_ip, finish_time, info, volunteer_key, answer_hash)
    select ${task.projectId}, ${task.id}, '10.0.0.1', clock_timestamp(),
      jsonb_build_object('n', n, 'answer', 'owl number ' || n, 'box', jsonb_build_object('x', n % 640)),
      'browser:' || n, 'hash'
    from generate_series(1, ${count}::int) n`)
}
