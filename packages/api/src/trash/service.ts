import { recordChange } from '@manyhands/shared/audit-log/repository'
import { retryingDeadlocks } from '@manyhands/shared/db/transaction'
import type { Writer } from '@manyhands/shared/db/types'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import { NotFoundError, UnavailableError, ValidationError } from '@manyhands/shared/errors/errors'
import { mayUpdateProject } from '@manyhands/shared/projects/policy'
import { findProjectByShortName } from '@manyhands/shared/projects/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import { purgeProject as purgeProjectJob } from '@manyhands/shared/trash/jobs'
import {
  condemnProject,
  findTrashedProject,
  isOverdue,
  lockTrashedProject,
} from '@manyhands/shared/trash/repository'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from '../projects/apply-change.ts'
import { changeOwnProject } from '../projects/owned-project.ts'
import { forgetProject } from '../projects/service.ts'

/** Puts a project into the trash, results or not: from then on it is there for nobody, and its owners have
 *  TRASH_DAYS to take it back. Throws NotFoundError, ForbiddenError. */
export async function trashProject(ctx: ServiceContext, shortName: string): Promise<void> {
  await changeOwnProject(ctx, shortName, async (tx, project) => {
    await applyChange(ctx, tx, project, {
      trashed: new Date(ctx.clock()).toISOString(),
      pendingOwnerId: null,
      pendingOwnerLogin: null,
    })
  })
}

/** Takes a project out of the trash, as it was. Throws NotFoundError, ForbiddenError. */
export async function restoreProject(ctx: ServiceContext, shortName: string): Promise<void> {
  await changeTrashed(ctx, shortName, async (tx, project) => {
    // Its time is up: the purge may be at it already.
    if (await isOverdue(tx, project.id, ctx.config.TRASH_DAYS)) {
      throw new NotFoundError('project in the trash', shortName)
    }
    await applyChange(ctx, tx, project, { trashed: null })
  })
}

/** Deletes a project in the trash for good. Its names are free at once; its rows and files go in the
 *  background. Throws NotFoundError, ForbiddenError, ValidationError unless the short name was typed. */
export async function purgeProject(
  ctx: ServiceContext,
  shortName: string,
  typed: string | undefined,
): Promise<void> {
  if (typed !== shortName) {
    const issue = { field: 'confirm', message: 'must be the short name of the project' }
    throw new ValidationError(`confirm ${issue.message}`, 'value', [issue])
  }
  if (await findProjectByShortName(ctx.db.primary, shortName)) {
    throw new ValidationError('Put the project into the trash first', 'value')
  }
  const projectId = await changeTrashed(ctx, shortName, async (tx, project) => {
    await condemnProject(tx, project.id)
    await recordChange(tx, {
      project,
      user: ctx.caller.account,
      action: 'delete',
      attribute: 'project',
      oldValue: project.name,
    })
  })
  await ctx.producer.enqueue(purgeProjectJob, { projectId }).catch((error: unknown) => {
    // The schedule finds it.
    if (!(error instanceof UnavailableError)) throw error
    ctx.log.warn({ err: error }, 'purge waits for the queue')
  })
}

/** One change of a project in the trash by its owner; returns its id. */
async function changeTrashed(
  ctx: ServiceContext,
  shortName: string,
  work: (tx: Writer, project: ProjectRow) => Promise<void>,
): Promise<number> {
  const found = await findTrashedProject(ctx.db.primary, shortName)
  if (!found) throw new NotFoundError('project in the trash', shortName)
  assertAllowed(ctx.caller.userId !== null, mayUpdateProject(ctx.caller, found))
  await retryingDeadlocks(ctx.db.primary, async (tx) => {
    const project = await lockTrashedProject(tx, found.id)
    if (!project) throw new NotFoundError('project in the trash', shortName)
    await work(tx, project)
  })
  await forgetProject(ctx, found.id)
  return found.id
}
