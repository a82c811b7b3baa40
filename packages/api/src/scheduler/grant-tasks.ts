import type { Reader } from '@manyhands/shared/db/types'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { Strategy } from '@manyhands/shared/scheduler/contract'
import type { Grant } from '@manyhands/shared/scheduler/leases'
import type { Position } from '@manyhands/shared/scheduler/positions'
import { listOpenTasks, type OpenTask } from '@manyhands/shared/scheduler/repository'
import { goesByPriorityAndId } from '@manyhands/shared/scheduler/rules'
import type { ServiceContext } from '../http/env.ts'
import type { RequestOrder } from './request-order.ts'

/** What a volunteer is to get of a project. */
export interface Wanted {
  strategy: Strategy
  limit: number
  offset: number
  order?: RequestOrder | undefined
  /** A random whole number: one task by chance among the first `limit`. */
  draw: number | undefined
}

export type Read = <T>(query: (db: Reader) => Promise<T>) => Promise<T>

/** Candidates read at once; the next windows are larger, as the first ones were all leased. */
const WINDOWS = [16, 64, 256, 1_024]
/** A place is worth saving once the volunteer has moved on by this many ids. */
const PLACE_STEP = 32

/** Walks over the candidates in windows until enough of them could be leased. */
export async function grantTasks(
  ctx: ServiceContext,
  project: ProjectRow,
  wanted: Wanted,
  read: Read,
): Promise<Grant> {
  const { volunteer } = ctx.caller
  const { strategy, draw } = wanted
  const ownOrder = goesByPriorityAndId(strategy)
  const orderBy = ownOrder && wanted.order?.isByPriority ? undefined : wanted.order?.by
  const keepsPlace = ownOrder && !orderBy
  const from = keepsPlace
    ? await ctx.places.find(project.id, project.scheduleEpoch, volunteer.key)
    : undefined
  const enough = draw === undefined ? wanted.limit : 1
  const grant: Grant = { ids: [], skip: wanted.offset, blocked: 0 }
  let offset = 0
  for (const window of windows(wanted)) {
    const { epoch, tasks } = await read((db) =>
      listOpenTasks(db, {
        projectId: project.id,
        volunteerKey: volunteer.key,
        strategy,
        from,
        orderBy,
        limit: window,
        offset,
      }),
    )
    const [first] = tasks
    if (keepsPlace && first && offset === 0) await savePlace(ctx, project, epoch, from, first)
    const step = await ctx.leases.grant(
      volunteer.key,
      strategy === 'depth_first_all' ? tasks.map((task) => ({ ...task, nAnswers: -1 })) : tasks,
      grant.skip,
      wanted.limit - grant.ids.length,
      draw,
    )
    grant.ids.push(...step.ids)
    grant.skip = step.skip
    grant.blocked += step.blocked
    offset += window
    if (grant.ids.length >= enough || tasks.length < window) break
  }
  return grant
}

/** The first window holds all that is asked for, if nobody else has leased any of it. */
function windows({ offset, limit }: Wanted): number[] {
  const asked = offset + limit
  const [smallest = 16, ...larger] = WINDOWS
  return [Math.max(smallest, Math.min(asked, 1_024)), ...larger.filter((size) => size > asked)]
}

async function savePlace(
  ctx: ServiceContext,
  project: ProjectRow,
  epoch: number,
  from: Position | undefined,
  first: OpenTask,
): Promise<void> {
  if (epoch !== project.scheduleEpoch) return
  if (from && first.id - from.id < PLACE_STEP && first.id >= from.id) return
  await ctx.places.save(project.id, epoch, ctx.caller.volunteer.key, first)
}
