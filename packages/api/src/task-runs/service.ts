import { parseListQuery } from '@manyhands/shared/db/list'
import type { Listed } from '@manyhands/shared/db/list-rows'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { listScope } from '@manyhands/shared/projects/scope'
import { findProjectStats } from '@manyhands/shared/stats/repository'
import { taskRunList } from '@manyhands/shared/task-runs/list-shape'
import {
  countAnswers,
  findTaskRun,
  listTaskRuns as listTaskRunRows,
} from '@manyhands/shared/task-runs/repository'
import { type TaskRunRow, taskRuns } from '@manyhands/shared/task-runs/table'
import type { UserProgress } from '@manyhands/shared/tasks/contract'
import { type Related, readRelated } from '@manyhands/shared/tasks/related'
import { externalVolunteer } from '@manyhands/shared/volunteers/identity'
import type { ServiceContext } from '../http/env.ts'
import { ownScope } from '../http/own-scope.ts'
import { getCachedProject, getProjectByName } from '../projects/cached-project.ts'

export interface TaskRunPage {
  rows: Array<Listed<TaskRunRow>>
  related: Related | undefined
}

/** Throws ValidationError. */
export async function listTaskRuns(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<TaskRunPage> {
  const query = parseListQuery(taskRunList, args, true)
  const scope = listScope(taskRuns.projectId, ctx.caller, ownScope(ctx, args))
  return ctx.read(async (db) => {
    const rows = await listTaskRunRows(db, query, scope)
    return { rows, related: await readRelated(db, 'taskrun', rows, args) }
  })
}

/** One task run as a list shows it. Throws NotFoundError, and what the project's draft answers to
 *  strangers. */
export async function getTaskRunPage(
  ctx: ServiceContext,
  id: number,
  args: Record<string, string>,
): Promise<TaskRunPage> {
  const rows = [await getTaskRun(ctx, id)]
  return { rows, related: await ctx.read((db) => readRelated(db, 'taskrun', rows, args)) }
}

/** Throws NotFoundError, and what the project's draft answers to strangers. */
export async function getTaskRun(ctx: ServiceContext, id: number): Promise<TaskRunRow> {
  const run = await ctx.read((db) => findTaskRun(db, id))
  if (!run) throw new NotFoundError('taskrun', id)
  const project = await getCachedProject(ctx, run.projectId)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return run
}

/** How many task runs the caller has in a project, and how many tasks there are. An outside
 *  application's user is counted by name (rest-api.md section 7). Throws NotFoundError, and what a draft
 *  answers to strangers. */
export async function getUserProgress(
  ctx: ServiceContext,
  projectName: string,
  externalUid: string | undefined,
): Promise<UserProgress> {
  const project = await getProjectByName(ctx, projectName)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  const volunteer =
    externalUid && ctx.caller.userId === null
      ? externalVolunteer(externalUid)
      : ctx.caller.volunteer
  return ctx.read(async (db) => ({
    done: await countAnswers(db, project.id, volunteer.key),
    total: (await findProjectStats(db, project.id))?.nTasks ?? 0,
  }))
}
