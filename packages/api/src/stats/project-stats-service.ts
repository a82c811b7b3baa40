import { parseListQuery } from '@manyhands/shared/db/list'
import { assertAllowed, refuse } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { projectScope } from '@manyhands/shared/projects/scope'
import { projectStatsList } from '@manyhands/shared/stats/list-shape'
import { projectStatsRows } from '@manyhands/shared/stats/repository'
import { type ProjectStatsRow, projectStats } from '@manyhands/shared/stats/table'
import type { ServiceContext } from '../http/env.ts'
import { getCachedProject } from '../projects/cached-project.ts'

/** Of every project that the caller may look into, whoever owns it. Throws ValidationError. */
export function listProjectStats(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<ProjectStatsRow[]> {
  const query = parseListQuery(projectStatsList, args, true)
  const scope = projectScope(projectStats.projectId, ctx.caller)
  return ctx.read((db) => projectStatsRows.list(db, query, scope))
}

/** Throws NotFoundError, UnauthenticatedError, ForbiddenError. */
export async function getProjectStats(ctx: ServiceContext, id: number): Promise<ProjectStatsRow> {
  const stats = await ctx.read((db) => projectStatsRows.find(db, id))
  if (!stats) throw new NotFoundError('projectstats', id)
  const project = await getCachedProject(ctx, stats.projectId)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return stats
}

/** The platform counts, and nobody else does. With an id: of a row that there is. Throws
 *  UnauthenticatedError, ForbiddenError, NotFoundError. */
export async function refuseWriting(ctx: ServiceContext, id?: number): Promise<never> {
  if (id !== undefined && !(await projectStatsRows.find(ctx.db.primary, id)))
    throw new NotFoundError('projectstats', id)
  return refuse(ctx.caller.userId !== null, 'The platform counts by itself')
}
