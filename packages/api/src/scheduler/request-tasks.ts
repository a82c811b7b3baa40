import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { BadRequestError, ForbiddenError, NotFoundError } from '@manyhands/shared/errors/errors'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { strategyOf, takesClientOrder } from '@manyhands/shared/scheduler/rules'
import { findLastAnswer } from '@manyhands/shared/task-runs/repository'
import { findTask, listTasksByIds } from '@manyhands/shared/tasks/repository'
import type { TaskRow } from '@manyhands/shared/tasks/table'
import type { ServiceContext } from '../http/env.ts'
import { getProjectByName } from '../projects/cached-project.ts'
import { grantTasks, type Read, type Wanted } from './grant-tasks.ts'
import type { RequestOrder } from './request-order.ts'

export interface TaskRequest {
  limit: number
  offset: number
  order: RequestOrder | undefined
}

/** When every open slot is leased, one may be between its commit and its release: look again. */
const SECOND_LOOKS = 3
const SECOND_LOOK_MS = 20
/** The locked strategy preloads one task beyond the one shown, and no more (rest-api.md section 4.6). */
const LOCKED_LAST_OFFSET = 2

/** A project that the caller may have tasks of, by id or short name. Throws NotFoundError, what drafts
 *  answer to strangers, and `anonymous_not_allowed`. */
export async function getProjectToAnswer(ctx: ServiceContext, name: string): Promise<ProjectRow> {
  const project = await getProjectByName(ctx, name)
  assertMayRequest(ctx, project)
  return project
}

/** Gives the caller up to `limit` tasks of a project that `getProjectToAnswer` gave, one slot of
 *  redundancy each. An empty array: there is nothing for this volunteer now. Throws BadRequestError for
 *  an offset that the locked strategy does not have. */
export async function requestTasks(
  ctx: ServiceContext,
  project: ProjectRow,
  request: TaskRequest,
): Promise<TaskRow[]> {
  switch (strategyOf(project.info)) {
    case 'locked':
      return requestLocked(ctx, project, request.offset)
    case 'incremental':
      return requestIncremental(ctx, project, request)
    default:
      return giveTasks(ctx, project, { ...request, draw: undefined })
  }
}

/** Gives the caller one task of their own choice, as opening its page does: it may then be answered.
 *  Throws NotFoundError and as `getProjectToAnswer`. */
export async function requestTask(
  ctx: ServiceContext,
  projectName: string,
  taskId: number,
): Promise<TaskRow> {
  const project = await getProjectToAnswer(ctx, projectName)
  const task = await ctx.read((db) => findTask(db, taskId))
  if (!task || task.projectId !== project.id) throw new NotFoundError('task', taskId)
  const { key } = ctx.caller.volunteer
  const reserved = await ctx.leases.grant(key, [task], 0, 1)
  // Whoever opens a task may answer it, though all its slots be taken: the answer is then surplus.
  if (reserved.ids.length === 0) await ctx.leases.grant(key, [{ ...task, nAnswers: -1 }], 0, 1)
  return task
}

/** At 0 the first task, at 1 the second with the first kept for the caller too, at 2 nothing. */
async function requestLocked(
  ctx: ServiceContext,
  project: ProjectRow,
  offset: number,
): Promise<TaskRow[]> {
  if (offset > LOCKED_LAST_OFFSET) {
    throw new BadRequestError(`offset cannot be more than ${LOCKED_LAST_OFFSET} here`)
  }
  if (offset === LOCKED_LAST_OFFSET) return []
  const rows = await giveTasks(ctx, project, { limit: offset + 1, offset: 0, draw: undefined })
  return rows.slice(offset, offset + 1)
}

/** One task by chance, with the newest answer that it has, for the volunteer to go on from. */
async function requestIncremental(
  ctx: ServiceContext,
  project: ProjectRow,
  { limit, offset }: TaskRequest,
): Promise<TaskRow[]> {
  const rows = await giveTasks(ctx, project, { limit, offset, draw: randomInt(2 ** 31) })
  return Promise.all(rows.map((row) => withLastAnswer(ctx, row)))
}

async function withLastAnswer(ctx: ServiceContext, task: TaskRow): Promise<TaskRow> {
  const { info } = task
  if (typeof info !== 'object' || info === null || Array.isArray(info)) return task
  // Primary: whoever goes on from an older answer does the work of the last one again.
  const last = await findLastAnswer(ctx.db.primary, task.id)
  return last ? { ...task, info: { ...info, last_answer: last.info } } : task
}

async function giveTasks(
  ctx: ServiceContext,
  project: ProjectRow,
  request: Pick<TaskRequest, 'limit' | 'offset'> & Partial<TaskRequest> & Pick<Wanted, 'draw'>,
): Promise<TaskRow[]> {
  if (request.limit === 0) return []
  const strategy = strategyOf(project.info)
  const wanted: Wanted = {
    ...request,
    strategy,
    order: takesClientOrder(strategy) ? request.order : undefined,
  }
  let grant = await grantTasks(ctx, project, wanted, ctx.read)
  const onPrimary: Read = (query) => query(ctx.db.primary)
  for (let look = 0; look < SECOND_LOOKS && grant.ids.length === 0 && grant.blocked > 0; look++) {
    await pause(SECOND_LOOK_MS * (look + 1))
    grant = await grantTasks(ctx, project, wanted, onPrimary)
  }
  const rows = await ctx.read((db) => listTasksByIds(db, grant.ids))
  return grant.ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

function assertMayRequest(ctx: ServiceContext, project: ProjectRow): void {
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  if (ctx.caller.userId === null && !project.allowAnonymousContributors) {
    throw new ForbiddenError(
      'This project does not allow anonymous contributors',
      'anonymous_not_allowed',
    )
  }
}
