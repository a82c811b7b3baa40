import { parseListQuery } from '@manyhands/shared/db/list'
import type { Listed } from '@manyhands/shared/db/list-rows'
import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import { assertAllowed, refuse } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { mayReadContents } from '@manyhands/shared/projects/policy'
import { listScope } from '@manyhands/shared/projects/scope'
import type { ResultChange } from '@manyhands/shared/results/contract'
import { resultList } from '@manyhands/shared/results/list-shape'
import { mayChangeResult } from '@manyhands/shared/results/policy'
import {
  findResult,
  listResults as listResultRows,
  lockResult,
  setResultInfo,
} from '@manyhands/shared/results/repository'
import { hasInfo } from '@manyhands/shared/results/rules'
import { type ResultRow, results } from '@manyhands/shared/results/table'
import { lockCounters, moveResultCount } from '@manyhands/shared/stats/repository'
import { type Related, readRelated } from '@manyhands/shared/tasks/related'
import type { ServiceContext } from '../http/env.ts'
import { ownScope } from '../http/own-scope.ts'
import { getCachedProject } from '../projects/cached-project.ts'
import { forgetProject } from '../projects/service.ts'

export interface ResultPage {
  rows: Array<Listed<ResultRow>>
  related: Related | undefined
}

/** Current results, unless `last_version=false` asks for the old ones (rest-api.md section 10.1).
 *  Throws ValidationError. */
export async function listResults(
  ctx: ServiceContext,
  args: Record<string, string>,
): Promise<ResultPage> {
  const query = parseListQuery(resultList, { last_version: 'true', ...args }, true)
  const scope = listScope(results.projectId, ctx.caller, ownScope(ctx, args))
  return ctx.read(async (db) => {
    const rows = await listResultRows(db, query, scope)
    return { rows, related: await readRelated(db, 'result', rows, args) }
  })
}

/** One result as a list shows it. Throws NotFoundError, and what the project's draft answers to
 *  strangers. */
export async function getResultPage(
  ctx: ServiceContext,
  id: number,
  args: Record<string, string>,
): Promise<ResultPage> {
  const rows = [await getResult(ctx, id)]
  return { rows, related: await ctx.read((db) => readRelated(db, 'result', rows, args)) }
}

/** Throws NotFoundError, and what the project's draft answers to strangers. */
export async function getResult(ctx: ServiceContext, id: number): Promise<ResultRow> {
  const result = await ctx.read((db) => findResult(db, id))
  if (!result) throw new NotFoundError('result', id)
  const project = await getCachedProject(ctx, result.projectId)
  assertAllowed(ctx.caller.userId !== null, mayReadContents(ctx.caller, project))
  return result
}

/** A result whose info the caller may set. Throws NotFoundError, ForbiddenError. */
export async function getResultToChange(ctx: ServiceContext, id: number): Promise<ResultRow> {
  const result = await findResult(ctx.db.primary, id)
  if (!result) throw new NotFoundError('result', id)
  const project = await getCachedProject(ctx, result.projectId)
  assertAllowed(ctx.caller.userId !== null, mayChangeResult(ctx.caller, project))
  return result
}

/** Sets the info, which is what makes it count. Throws NotFoundError, ForbiddenError. */
export async function changeResult(
  ctx: ServiceContext,
  id: number,
  change: ResultChange,
): Promise<ResultRow> {
  const { projectId } = await getResultToChange(ctx, id)
  const result = await retryingDeadlocks(ctx.db.primary, async (tx) => {
    await lockCounters(tx, projectId)
    const before = await lockResult(tx, id)
    const after = 'info' in change ? await setResultInfo(tx, id, change.info ?? null) : before
    if (!before || !after) throw new NotFoundError('result', id)
    const by = Number(hasInfo(after)) - Number(hasInfo(before))
    if (by !== 0) await moveResultCount(tx, projectId, by)
    return after
  })
  await forgetProject(ctx, projectId)
  return result
}

/** Throws UnauthenticatedError, ForbiddenError. */
export function refuseNewResult(ctx: ServiceContext): never {
  return refuse(
    ctx.caller.userId !== null,
    'Results are made by the platform, when a task is completed',
  )
}

/** Throws NotFoundError, UnauthenticatedError, ForbiddenError. */
export async function refuseRemoval(ctx: ServiceContext, id: number): Promise<never> {
  if (!(await findResult(ctx.db.primary, id))) throw new NotFoundError('result', id)
  return refuse(ctx.caller.userId !== null, 'A result cannot be deleted')
}
