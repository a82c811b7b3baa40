import { recordChange } from '@manyhands/shared/audit-log/repository'
import type {
  DeletionOutcome,
  PriorityChange,
  PriorityOutcome,
  RedundancyChange,
  RedundancyOutcome,
} from '@manyhands/shared/bulk-tasks/contract'
import {
  deleteTasksWithoutResult,
  listUnknownIds,
  setPriority,
  setRedundancy,
} from '@manyhands/shared/bulk-tasks/repository'
import type { Strategy } from '@manyhands/shared/scheduler/contract'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from '../projects/apply-change.ts'
import { changeOwnProject } from '../projects/owned-project.ts'

/** The order in which volunteers are given tasks. Throws NotFoundError, ForbiddenError. */
export async function setScheduler(
  ctx: ServiceContext,
  shortName: string,
  sched: Strategy,
): Promise<void> {
  await changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      await applyChange(ctx, tx, project, { info: { ...project.info, sched } })
    },
    { whole: true },
  )
}

/** States, counters, results and the schedule follow as from a change of each single task; what does not
 *  belong to the project is left alone. Throws NotFoundError, ForbiddenError. */
export function changeRedundancy(
  ctx: ServiceContext,
  shortName: string,
  { n_answers, task_ids }: RedundancyChange,
): Promise<RedundancyOutcome> {
  return changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      const tasks = await setRedundancy(tx, project.id, n_answers, task_ids)
      if (tasks.changed > 0) {
        await recordChange(tx, {
          project,
          user: ctx.caller.account,
          action: 'update',
          attribute: 'task.n_answers',
          newValue: { n_answers, n_tasks: tasks.changed },
        })
      }
      return {
        n_changed: tasks.changed,
        n_completed: tasks.completed,
        n_reopened: tasks.reopened,
      }
    },
    { whole: true },
  )
}

/** Throws NotFoundError, ForbiddenError. */
export function changePriorities(
  ctx: ServiceContext,
  shortName: string,
  { task_ids, priority_0 }: PriorityChange,
): Promise<PriorityOutcome> {
  return changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      const { changed } = await setPriority(tx, project.id, priority_0, task_ids)
      if (changed > 0) {
        await recordChange(tx, {
          project,
          user: ctx.caller.account,
          action: 'update',
          attribute: 'task.priority_0',
          newValue: { priority_0, n_tasks: changed },
        })
      }
      return { n_changed: changed, unknown_ids: await listUnknownIds(tx, project.id, task_ids) }
    },
    { whole: true },
  )
}

/** Deletes the tasks that have no result, with their answers. Throws NotFoundError, ForbiddenError. */
export function deleteTasks(ctx: ServiceContext, shortName: string): Promise<DeletionOutcome> {
  return changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      const { deleted, kept } = await deleteTasksWithoutResult(tx, project.id)
      if (deleted > 0) {
        await recordChange(tx, {
          project,
          user: ctx.caller.account,
          action: 'delete',
          attribute: 'tasks',
          oldValue: { n_tasks: deleted },
        })
      }
      return { n_deleted: deleted, n_kept: kept }
    },
    { whole: true },
  )
}
