import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { listTaskRunsOfTask } from '@manyhands/shared/task-runs/repository'
import type { TaskRunRow } from '@manyhands/shared/task-runs/table'
import { findTask } from '@manyhands/shared/tasks/repository'
import type { ServiceContext } from '../http/env.ts'
import { getProjectByName } from '../projects/cached-project.ts'

/** All answers to one task of a project. Throws NotFoundError, and what a draft or a project with a
 *  password answers to strangers. */
export async function listAnswersOfTask(
  ctx: ServiceContext,
  projectName: string,
  taskId: number,
): Promise<TaskRunRow[]> {
  const project = await getProjectByName(ctx, projectName)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return await ctx.read(async (db) => {
    const task = await findTask(db, taskId)
    if (task?.projectId !== project.id) throw new NotFoundError('task', taskId)
    return listTaskRunsOfTask(db, taskId)
  })
}
