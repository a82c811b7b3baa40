import { setTimeout as pause } from 'node:timers/promises'
import { parseFlag } from '@manyhands/shared/db/list'
import type { Reader } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { ForbiddenError, NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { Strategy } from '@manyhands/shared/scheduler/contract'
import type { Grant } from '@manyhands/shared/scheduler/leases'
import { listOpenTasks, type OpenTask } from '@manyhands/shared/scheduler/repository'
import { goesByPriorityAndId, strategyOf } from '@manyhands/shared/scheduler/rules'
import { taskList } from '@manyhands/shared/tasks/list-shape'
import { findTask, listTasksByIds } from '@manyhands/shared/tasks/repository'
import type { TaskRow } from '@manyhands/shared/tasks/table'
import { asc, desc, type SQL, sql } from 'drizzle-orm'
import type { ServiceContext } from '../http/env.ts'
import { getCachedProject } from '../projects/cached-project.ts'

export interface TaskRequest {
  limit: number
  offset: number
  orderBy: SQL | undefined
}

/** Candidates read at once; the next windows are larger, as the first ones were all leased. */
const WINDOWS = [16, 64, 256, 1_024]
/** When every open slot is leased, one may be between its commit and its release: look again. */
const SECOND_LOOKS = 3
const SECOND_LOOK_MS = 20
/** A place is worth saving once the volunteer has moved on by this many ids. */
const PLACE_STEP = 32

/** Gives the caller up to `limit` tasks of a project, one slot of redundancy each. An empty array: there
 *  is nothing for this volunteer now. Throws NotFoundError, `anonymous_not_allowed`. */
export async function requestTasks(
  ctx: ServiceContext,
  projectId: number,
  request: TaskRequest,
): Promise<TaskRow[]> {
  const project = await getCachedProject(ctx, projectId)
  assertMayRequest(ctx, project)
  let grant = await grantFrom(ctx, project, request, ctx.read)
  for (let look = 0; look < SECOND_LOOKS && grant.ids.length === 0 && grant.blocked > 0; look++) {
    await pause(SECOND_LOOK_MS * (look + 1))
    grant = await grantFrom(ctx, project, request, (query) => query(ctx.db.primary))
  }
  const rows = await ctx.read((db) => listTasksByIds(db, grant.ids))
  return grant.ids.flatMap((id) => rows.find((row) => row.id === id) ?? [])
}

/** Gives the caller one task of their own choice, as opening its page does: it may then be answered.
 *  Throws NotFoundError. */
export async function requestTask(
  ctx: ServiceContext,
  projectId: number,
  taskId: number,
): Promise<TaskRow> {
  const project = await getCachedProject(ctx, projectId)
  assertMayRequest(ctx, project)
  const task = await ctx.read((db) => findTask(db, taskId))
  if (!task || task.projectId !== projectId) throw new NotFoundError('task', taskId)
  const { key } = ctx.caller.volunteer
  const reserved = await ctx.leases.grant(key, [task], 0, 1)
  // Whoever opens a task may answer it, though all its slots be taken: the answer is then surplus.
  if (reserved.ids.length === 0) await ctx.leases.grant(key, [{ ...task, nAnswers: -1 }], 0, 1)
  return task
}

/** Throws ValidationError for an unknown column or direction. */
export function parseRequestOrder(
  orderby: string | undefined,
  direction: string | undefined,
): SQL | undefined {
  const descending = parseFlag('desc', direction ?? '')
  if (!orderby) return descending ? sql`t.id desc` : undefined
  const field = Object.hasOwn(taskList.fields, orderby) ? taskList.fields[orderby] : undefined
  if (!field) {
    throw new ValidationError(`type object 'Task' has no attribute '${orderby}'`, 'unknown-name', [
      { field: 'orderby', message: 'is not a field of a task' },
    ])
  }
  const column = sql`t.${sql.identifier(orderby)}`
  const key = field.kind === 'ints' ? sql`coalesce(cardinality(${column}), 0)` : column
  return sql`${descending ? desc(key) : asc(key)}, t.id`
}

function assertMayRequest(ctx: ServiceContext, project: ProjectRow): void {
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  const anonymous = ctx.caller.userId === null
  if (anonymous && !project.allowAnonymousContributors) {
    throw new ForbiddenError(
      'This project does not allow anonymous contributors',
      'anonymous_not_allowed',
    )
  }
}

type Read = <T>(query: (db: Reader) => Promise<T>) => Promise<T>

/** Walks over the candidates in windows until enough of them could be leased. */
async function grantFrom(
  ctx: ServiceContext,
  project: ProjectRow,
  request: TaskRequest,
  read: Read,
): Promise<Grant> {
  const { volunteer } = ctx.caller
  const strategy = strategyOf(project.info)
  const from = await findPlace(ctx, project, strategy, request)
  const grant: Grant = { ids: [], skip: request.offset, blocked: 0 }
  let offset = 0
  for (const window of WINDOWS) {
    const { epoch, tasks } = await read((db) =>
      listOpenTasks(db, {
        projectId: project.id,
        volunteerKey: volunteer.key,
        strategy,
        from,
        orderBy: request.orderBy,
        limit: window,
        offset,
      }),
    )
    const [first] = tasks
    if (first && offset === 0) await savePlace(ctx, project, epoch, strategy, request, from, first)
    const step = await ctx.leases.grant(
      volunteer.key,
      strategy === 'depth_first_all' ? tasks.map((task) => ({ ...task, nAnswers: -1 })) : tasks,
      grant.skip,
      request.limit - grant.ids.length,
    )
    grant.ids.push(...step.ids)
    grant.skip = step.skip
    grant.blocked += step.blocked
    offset += window
    if (grant.ids.length >= request.limit || tasks.length < window) break
  }
  return grant
}

async function findPlace(
  ctx: ServiceContext,
  project: ProjectRow,
  strategy: Strategy,
  request: TaskRequest,
) {
  if (request.orderBy || !goesByPriorityAndId(strategy)) return undefined
  return ctx.places.find(project.id, project.scheduleEpoch, ctx.caller.volunteer.key)
}

async function savePlace(
  ctx: ServiceContext,
  project: ProjectRow,
  epoch: number,
  strategy: Strategy,
  request: TaskRequest,
  from: { id: number } | undefined,
  first: OpenTask,
): Promise<void> {
  if (request.orderBy || !goesByPriorityAndId(strategy) || epoch !== project.scheduleEpoch) return
  if (from && first.id - from.id < PLACE_STEP && first.id >= from.id) return
  await ctx.places.save(project.id, epoch, ctx.caller.volunteer.key, first)
}
