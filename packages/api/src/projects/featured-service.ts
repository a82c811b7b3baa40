import { mayFeatureProject } from '@manyhands/shared/projects/policy'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from './apply-change.ts'
import { changeOwnProject } from './owned-project.ts'

/** Puts a project first on the home page, or takes it back. By moderators, whoever owns it; what is so
 *  already stays so. Throws NotFoundError, ForbiddenError. */
export async function featureProject(
  ctx: ServiceContext,
  shortName: string,
  featured: boolean,
): Promise<void> {
  await changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      if (project.featured !== featured) await applyChange(ctx, tx, project, { featured })
    },
    { may: mayFeatureProject },
  )
}
