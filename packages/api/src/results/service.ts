import { parseListQuery } from '@manyhands/shared/db/list'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { projectScope } from '@manyhands/shared/projects/scope'
import { resultList } from '@manyhands/shared/results/list-shape'
import { findResult, listResults as listResultRows } from '@manyhands/shared/results/repository'
import { type ResultRow, results } from '@manyhands/shared/results/table'
import type { ServiceContext } from '../http/env.ts'
import { ownScope } from '../http/own-scope.ts'
import { getCachedProject } from '../projects/cached-project.ts'

/** Current results, unless `last_version=false` asks for the old ones (rest-api.md section 10.1).
 *  Throws ValidationError. */
export function listResults(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<ResultRow[]> {
  const query = parseListQuery(resultList, { last_version: 'true', ...args }, true)
  const scope = projectScope(results.projectId, ctx.caller, ownScope(ctx, args))
  return ctx.read((db) => listResultRows(db, query, scope))
}

/** Throws NotFoundError, and what the project's draft answers to strangers. */
export async function getResult(ctx: ServiceContext, id: number): Promise<ResultRow> {
  const result = await ctx.read((db) => findResult(db, id))
  if (!result) throw new NotFoundError('result', id)
  const project = await getCachedProject(ctx, result.projectId)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return result
}
