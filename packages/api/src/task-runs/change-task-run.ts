import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import type { Writer } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { withdrawOutboxRow } from '@manyhands/shared/outbox/repository'
import { updateProject } from '@manyhands/shared/projects/repository'
import { createResult, findCurrentResult } from '@manyhands/shared/results/repository'
import { lockCounters } from '@manyhands/shared/stats/repository'
import { uncountTaskRun } from '@manyhands/shared/stats/uncount-task-run'
import type { TaskRunChange } from '@manyhands/shared/task-runs/contract'
import { TASK_RUN_STORED, TaskRunStored } from '@manyhands/shared/task-runs/events'
import { mayChangeTaskRun } from '@manyhands/shared/task-runs/policy'
import {
  deleteTaskRun,
  findTaskRun,
  lockTaskRun,
  updateTaskRun,
} from '@manyhands/shared/task-runs/repository'
import type { TaskRunRow } from '@manyhands/shared/task-runs/table'
import { countAnswerOff, lockTask, restartSchedule } from '@manyhands/shared/tasks/repository'
import type { ServiceContext } from '../http/env.ts'
import { getCachedProject } from '../projects/cached-project.ts'
import { forgetProject } from '../projects/service.ts'
import { removeUploads } from '../uploads/remove-uploads.ts'

/** An answer that the caller may change or take back. Throws NotFoundError, ForbiddenError. */
export async function getTaskRunToChange(ctx: ServiceContext, id: number): Promise<TaskRunRow> {
  const run = await findTaskRun(ctx.db.primary, id)
  if (!run) throw new NotFoundError('taskrun', id)
  // Nothing in the trash is changed.
  await getCachedProject(ctx, run.projectId)
  await assertMayChange(ctx, ctx.db.primary, run)
  return run
}

/** Changes what was answered, not by whom and to what. Throws NotFoundError, ForbiddenError. */
export async function changeTaskRun(
  ctx: ServiceContext,
  id: number,
  change: TaskRunChange,
): Promise<TaskRunRow> {
  const { projectId } = await getTaskRunToChange(ctx, id)
  const run = await retryingDeadlocks(ctx.db.primary, async (tx) => {
    const before = await lockTaskRun(tx, id)
    if (!before) throw new NotFoundError('taskrun', id)
    await assertMayChange(ctx, tx, before)
    const after = await updateTaskRun(tx, id, {
      info: 'info' in change ? (change.info ?? null) : before.info,
      mediaUrl: change.media_url === undefined ? before.mediaUrl : change.media_url,
    })
    await updateProject(tx, projectId, {})
    return after
  })
  if (!run) throw new NotFoundError('taskrun', id)
  await forgetProject(ctx, projectId)
  return run
}

/** Takes an answer back. The task wants another one instead, from the same volunteer too. Throws
 *  NotFoundError, ForbiddenError. */
export async function removeTaskRun(ctx: ServiceContext, id: number): Promise<void> {
  const { projectId, taskId, volunteerKey } = await getTaskRunToChange(ctx, id)
  await retryingDeadlocks(ctx.db.primary, async (tx) => {
    // In the order of everybody who moves the counters with a task.
    await lockCounters(tx, projectId)
    const task = await lockTask(tx, taskId)
    const run = await lockTaskRun(tx, id)
    if (!task || !run) throw new NotFoundError('taskrun', id)
    await assertMayChange(ctx, tx, run)
    await deleteTaskRun(tx, run)
    const after = await countAnswerOff(tx, task)
    await takeOutOfCounters(tx, run, completedOf(after) - completedOf(task))
    if (after.state !== task.state) await restartSchedule(tx, projectId)
    // Whoever is about to make the result has read the answer that is gone: it is made here instead.
    if (after.state === 'completed') await createResult(tx, taskId)
  })
  await Promise.all([
    ctx.leases.forgetAnswers([taskId]),
    ctx.places.forget(projectId, volunteerKey),
    removeUploads(ctx, 'taskrun', id),
    forgetProject(ctx, projectId),
  ])
}

/** What the relay has not counted yet never will be; the rest is taken out again. Either way the
 *  counters are the rows less what waits in the outbox. */
async function takeOutOfCounters(tx: Writer, run: TaskRunRow, reopened: number): Promise<void> {
  const waiting = TaskRunStored.safeParse(
    await withdrawOutboxRow(tx, TASK_RUN_STORED, { taskRunId: run.id }),
  ).data
  await uncountTaskRun(tx, {
    ...run,
    isCounted: waiting === undefined,
    completed: reopened + (waiting?.completes ? 1 : 0),
  })
}

function completedOf(task: { state: string }): number {
  return task.state === 'completed' ? 1 : 0
}

async function assertMayChange(
  ctx: ServiceContext,
  db: Writer,
  run: Pick<TaskRunRow, 'id' | 'taskId' | 'userId'>,
): Promise<void> {
  const result = await findCurrentResult(db, run.taskId)
  const isInResult = result?.taskRunIds.includes(run.id) ?? false
  assertAllowed(
    ctx.caller.userId !== null,
    mayChangeTaskRun(ctx.caller, run, isInResult),
    isInResult ? 'The result of the task is made from this answer' : undefined,
  )
}
