import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import type { Writer } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { mayUpdateProject } from '@manyhands/shared/projects/policy'
import { findProjectByShortName, lockProject } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { lockWholeProject } from '@manyhands/shared/projects/whole-project'
import type { Caller, ServiceContext } from '../http/env.ts'
import { forgetProject } from './service.ts'

export interface OwnedProjectOptions {
  /** Who may, when it is not every owner. */
  may?: (caller: Caller, project: ProjectRow) => boolean
  /** Locks the counters and the tasks too: for changes that touch many of them. */
  whole?: boolean
}

/** A project for what only its owners see. Throws NotFoundError, ForbiddenError. */
export async function findOwnProject(
  ctx: ServiceContext,
  shortName: string,
  may: OwnedProjectOptions['may'] = mayUpdateProject,
): Promise<ProjectRow> {
  const project = await findProjectByShortName(ctx.db.primary, shortName)
  if (!project) throw new NotFoundError('project', shortName)
  assertAllowed(ctx.caller.userId !== null, may(ctx.caller, project))
  return project
}

/** One change of a project by its owner: permission, lock and transaction, and afterwards everybody's
 *  copies of it are forgotten. `work` may be run again after a deadlock. Throws NotFoundError,
 *  ForbiddenError, and what `work` throws. */
export async function changeOwnProject<T>(
  ctx: ServiceContext,
  shortName: string,
  work: (tx: Writer, project: ProjectRow) => Promise<T>,
  { may = mayUpdateProject, whole = false }: OwnedProjectOptions = {},
): Promise<T> {
  const { id } = await findOwnProject(ctx, shortName, may)
  const outcome = await retryingDeadlocks(ctx.db.primary, async (tx) => {
    const project = await (whole ? lockWholeProject(tx, id) : lockProject(tx, id))
    if (!project) throw new NotFoundError('project', shortName)
    // Again, since it may have changed hands while we waited for the lock.
    assertAllowed(ctx.caller.userId !== null, may(ctx.caller, project))
    return await work(tx, project)
  })
  await forgetProject(ctx, id)
  return outcome
}
