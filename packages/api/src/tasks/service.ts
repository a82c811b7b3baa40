import { parseListQuery } from '@manyhands/shared/db/list'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { ForbiddenError, NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import { insertOutboxRow } from '@manyhands/shared/outbox/repository'
import { mayReadContents, mayUpdateProject } from '@manyhands/shared/projects/policy'
import { findProject } from '@manyhands/shared/projects/repository'
import { projectScope } from '@manyhands/shared/projects/scope'
import { findCurrentResult } from '@manyhands/shared/results/repository'
import { moveCompletedCount } from '@manyhands/shared/stats/repository'
import type { TaskChange, TaskInput } from '@manyhands/shared/tasks/contract'
import { TASK_COMPLETED } from '@manyhands/shared/tasks/events'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import {
  deleteTask,
  findTask,
  insertTasks,
  listTasks as listTaskRows,
  lockTask,
  restartSchedule,
  startScheduleEpoch,
  updateTask,
} from '@manyhands/shared/tasks/repository'
import { stateOf } from '@manyhands/shared/tasks/rules'
import { type TaskRow, tasks } from '@manyhands/shared/tasks/table'
import type { ServiceContext } from '../http/env.ts'
import { ownScope } from '../http/own-scope.ts'
import { getCachedProject } from '../projects/cached-project.ts'
import { forgetProject } from '../projects/service.ts'

/** Throws ValidationError. */
export function listTasks(ctx: ServiceContext, args: Record<string, string>): Promise<TaskRow[]> {
  const query = parseListQuery(taskList, args, true)
  const scope = projectScope(tasks.projectId, ctx.caller, ownScope(ctx, args))
  return ctx.read((db) => listTaskRows(db, query, scope))
}

/** Throws NotFoundError, and what the project's draft answers to strangers. */
export async function getTask(ctx: ServiceContext, id: number): Promise<TaskRow> {
  const task = await ctx.read((db) => findTask(db, id))
  if (!task) throw new NotFoundError('task', id)
  const project = await getCachedProject(ctx, task.projectId)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return task
}

/** Owners and admins. Throws ValidationError for an unknown project. */
export async function createTask(ctx: ServiceContext, input: TaskInput): Promise<TaskRow> {
  const project = await findProject(ctx.db.primary, input.project_id)
  if (!project) {
    assertAllowed(ctx.caller.userId !== null, ctx.caller.userId !== null)
    throw new ValidationError(`There is no project ${input.project_id}`, 'unknown-name', [
      { field: 'project_id', message: 'does not exist' },
    ])
  }
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
  const task = await ctx.db.primary.transaction(async (tx) => {
    const [id] = await insertTasks(tx, project.id, [
      {
        info: input.info ?? null,
        nAnswers: input.n_answers,
        priority0: input.priority_0,
        quorum: input.quorum,
        calibration: input.calibration,
      },
    ])
    return id === undefined ? undefined : findTask(tx, id)
  })
  if (!task) throw new NotFoundError('task', 0)
  await forgetProject(ctx, project.id)
  return task
}

/** Changes what is sent; the state follows from redundancy and answers, both ways. Throws NotFoundError. */
export async function changeTask(
  ctx: ServiceContext,
  id: number,
  change: TaskChange,
): Promise<TaskRow> {
  await assertMayChange(ctx, id)
  const { before, after } = await ctx.db.primary.transaction(async (tx) => {
    const old = await lockTask(tx, id)
    if (!old) throw new NotFoundError('task', id)
    const nAnswers = change.n_answers ?? old.nAnswers
    const state = stateOf({ nAnswers, nTaskRuns: old.nTaskRuns })
    const row = await updateTask(tx, id, {
      nAnswers,
      state,
      ...(change.priority_0 !== undefined && { priority0: change.priority_0 }),
      ...(change.quorum !== undefined && { quorum: change.quorum }),
      ...(change.calibration !== undefined && { calibration: change.calibration }),
      ...('info' in change && { info: change.info }),
    })
    if (!row) throw new NotFoundError('task', id)
    if (state !== old.state) {
      await moveCompletedCount(tx, row.projectId, state === 'completed' ? 1 : -1)
      if (state === 'completed')
        await insertOutboxRow(tx, TASK_COMPLETED, { taskId: id, projectId: row.projectId })
      else await restartSchedule(tx, row.projectId)
    }
    if (row.priority0 > old.priority0) await startScheduleEpoch(tx, row.projectId, row.priority0)
    return { before: old, after: row }
  })
  if (before.nAnswers !== after.nAnswers) await ctx.leases.forgetAnswers([id])
  await forgetProject(ctx, after.projectId)
  return after
}

/** Admins always; owners only while there is no result. Throws NotFoundError, ForbiddenError. */
export async function removeTask(ctx: ServiceContext, id: number): Promise<void> {
  await assertMayChange(ctx, id)
  const projectId = await ctx.db.primary.transaction(async (tx) => {
    const task = await lockTask(tx, id)
    if (!task) throw new NotFoundError('task', id)
    if (!ctx.caller.isAdmin && (await findCurrentResult(tx, id))) {
      throw new ForbiddenError('A task with a result cannot be deleted')
    }
    await deleteTask(tx, task)
    return task.projectId
  })
  await forgetProject(ctx, projectId)
}

async function assertMayChange(ctx: ServiceContext, id: number): Promise<void> {
  const task = await findTask(ctx.db.primary, id)
  if (!task) throw new NotFoundError('task', id)
  const project = await getCachedProject(ctx, task.projectId)
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
}
