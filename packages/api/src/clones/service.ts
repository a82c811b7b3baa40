import { recordChange } from '@manyhands/shared/audit-log/repository'
import { cloneProject as cloneRows } from '@manyhands/shared/clones/clone-project'
import type { CloneRequest } from '@manyhands/shared/clones/contract'
import { UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { sql } from 'drizzle-orm'
import type { ServiceContext } from '../http/env.ts'
import { findOwnProject } from '../projects/owned-project.ts'
import { forgetProject, refusingTakenNames } from '../projects/service.ts'
import { cloneFiles } from './clone-files.ts'

/** A new draft of the caller's, like a project that they own. Throws NotFoundError, ForbiddenError,
 *  ConflictError naming `name` or `short_name` when it is taken. */
export async function cloneProject(
  ctx: ServiceContext,
  shortName: string,
  request: CloneRequest,
): Promise<void> {
  const source = await findOwnProject(ctx, shortName)
  const { userId } = ctx.caller
  if (userId === null) throw new UnauthenticatedError()
  const cloneId = await refusingTakenNames(() =>
    ctx.db.primary.transaction(async (tx) => {
      // It grows with the project.
      await tx.execute(sql`set local statement_timeout = '300s'`)
      const project = await cloneRows(tx, source, {
        name: request.name,
        shortName: request.short_name,
        ownerId: userId,
        tasks: request.tasks,
      })
      await recordChange(tx, {
        project,
        user: ctx.caller.account,
        action: 'create',
        attribute: 'project',
        oldValue: `clone of ${shortName}`,
        newValue: project.name,
      })
      return project.id
    }),
  )
  await cloneFiles(ctx, source.id, cloneId)
  await forgetProject(ctx, cloneId)
}
