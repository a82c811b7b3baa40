import { parseListQuery } from '@manyhands/shared/db/list'
import type { Listed } from '@manyhands/shared/db/list-rows'
import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import { insertOutboxRow } from '@manyhands/shared/outbox/repository'
import { mayReadContents, mayUpdateProject } from '@manyhands/shared/projects/policy'
import { findProject } from '@manyhands/shared/projects/repository'
import { listScope } from '@manyhands/shared/projects/scope'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { findCurrentResult } from '@manyhands/shared/results/repository'
import { lockCounters, moveCompletedCount } from '@manyhands/shared/stats/repository'
import type { TaskChange, TaskInput } from '@manyhands/shared/tasks/contract'
import { TASK_COMPLETED } from '@manyhands/shared/tasks/events'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import { mayDeleteTask } from '@manyhands/shared/tasks/policy'
import { type Related, readRelated } from '@manyhands/shared/tasks/related'
import {
  deleteTask,
  findTask,
  insertTasks,
  listTasks as listTaskRows,
  listTasksByIds,
  lockTask,
  notAnsweredBy,
  restartSchedule,
  startScheduleEpoch,
  updateTask,
} from '@manyhands/shared/tasks/repository'
import { stateOf } from '@manyhands/shared/tasks/rules'
import { type TaskRow, tasks } from '@manyhands/shared/tasks/table'
import { externalVolunteer, type Volunteer } from '@manyhands/shared/volunteers/identity'
import type { ServiceContext } from '../http/env.ts'
import { ownScope } from '../http/own-scope.ts'
import { getCachedProject } from '../projects/cached-project.ts'
import { forgetProject } from '../projects/service.ts'

export interface TaskPage {
  rows: Array<Listed<TaskRow>>
  related: Related | undefined
}

/** With `participated` only tasks that the caller has not answered, whoever owns them (rest-api.md
 *  section 3.6). Throws ValidationError. */
export async function listTasks(
  ctx: ServiceContext,
  { external_uid, ...args }: Record<string, string>,
): Promise<TaskPage> {
  const participated = Boolean(args.participated)
  // An outside user's name means something together with `participated` only.
  const query = parseListQuery(
    taskList,
    external_uid === undefined || participated ? args : { ...args, external_uid },
    true,
  )
  const owner = participated ? undefined : ownScope(ctx, args)
  const scope = listScope(tasks.projectId, ctx.caller, owner)
  const fresh = participated ? notAnsweredBy(callerAs(ctx, external_uid).key) : undefined
  return ctx.read(async (db) => {
    const rows = await listTaskRows(db, query, scope, fresh)
    return { rows, related: await readRelated(db, 'task', rows, args) }
  })
}

/** One task as a list shows it. Throws NotFoundError, and what the project's draft answers to strangers. */
export async function getTaskPage(
  ctx: ServiceContext,
  id: number,
  args: Record<string, string>,
): Promise<TaskPage> {
  const rows = [await getTask(ctx, id)]
  return { rows, related: await ctx.read((db) => readRelated(db, 'task', rows, args)) }
}

function callerAs({ caller }: ServiceContext, externalUid: string | undefined): Volunteer {
  return externalUid && caller.userId === null ? externalVolunteer(externalUid) : caller.volunteer
}

/** Throws NotFoundError, and what the project's draft answers to strangers. */
export async function getTask(ctx: ServiceContext, id: number): Promise<TaskRow> {
  const task = await ctx.read((db) => findTask(db, id))
  if (!task) throw new NotFoundError('task', id)
  const project = await getCachedProject(ctx, task.projectId)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return task
}

/** The project that a new task is for. The contract's order: who may not sign in is told so before what
 *  is wrong with the id (rest-api.md section 2.5). Throws UnauthenticatedError, ForbiddenError,
 *  ValidationError. */
export async function getProjectForTask(ctx: ServiceContext, id: unknown): Promise<ProjectRow> {
  const isId = typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= 2_147_483_647
  const project = isId ? await findProject(ctx.db.primary, id) : undefined
  if (!project) {
    assertAllowed(false, ctx.caller.userId !== null)
    throw new ValidationError(`There is no project ${String(id)}`, 'unknown-name', [
      { field: 'project_id', message: 'does not exist' },
    ])
  }
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
  return project
}

/** All or none, in the order given. The caller may change each of the projects: `getProjectForTask` has
 *  seen to that. */
export async function createTasks(ctx: ServiceContext, inputs: TaskInput[]): Promise<TaskRow[]> {
  const projectIds = [...new Set(inputs.map((input) => input.project_id))].sort((a, b) => a - b)
  const rows = await retryingDeadlocks(ctx.db.primary, async (tx) => {
    const ids = new Map<TaskInput, number>()
    for (const projectId of projectIds) {
      const own = inputs.filter((input) => input.project_id === projectId)
      const stored = await insertTasks(tx, projectId, own.map(toNewTask))
      for (const [at, input] of own.entries()) ids.set(input, stored[at] ?? 0)
    }
    const byId = new Map((await listTasksByIds(tx, [...ids.values()])).map((row) => [row.id, row]))
    return inputs.flatMap((input) => byId.get(ids.get(input) ?? 0) ?? [])
  })
  for (const projectId of projectIds) await forgetProject(ctx, projectId)
  return rows
}

function toNewTask(input: TaskInput) {
  return {
    info: input.info ?? null,
    nAnswers: input.n_answers,
    priority0: input.priority_0,
    quorum: input.quorum,
    calibration: input.calibration,
  }
}

/** Changes what is sent; the state follows from redundancy and answers, both ways. Throws NotFoundError. */
export async function changeTask(
  ctx: ServiceContext,
  id: number,
  change: TaskChange,
): Promise<TaskRow> {
  const { projectId } = await getTaskToChange(ctx, id)
  const { before, after } = await retryingDeadlocks(ctx.db.primary, async (tx) => {
    // Before the task, as everybody does who may move the counters.
    if (change.n_answers !== undefined) await lockCounters(tx, projectId)
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

/** Throws NotFoundError, ForbiddenError. */
export async function removeTask(ctx: ServiceContext, id: number): Promise<void> {
  const { projectId } = await getTaskToChange(ctx, id)
  const project = await getCachedProject(ctx, projectId)
  await retryingDeadlocks(ctx.db.primary, async (tx) => {
    await lockCounters(tx, projectId)
    const task = await lockTask(tx, id)
    if (!task) throw new NotFoundError('task', id)
    const hasResult = (await findCurrentResult(tx, id)) !== undefined
    assertAllowed(
      ctx.caller.userId !== null,
      mayDeleteTask(ctx.caller, project, hasResult),
      hasResult ? 'A task with a result cannot be deleted' : undefined,
    )
    await deleteTask(tx, task)
  })
  await forgetProject(ctx, projectId)
}

/** A task that the caller may change, as it is now. Throws NotFoundError, ForbiddenError. */
export async function getTaskToChange(ctx: ServiceContext, id: number): Promise<TaskRow> {
  const task = await findTask(ctx.db.primary, id)
  if (!task) throw new NotFoundError('task', id)
  const project = await getCachedProject(ctx, task.projectId)
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, project))
  return task
}
