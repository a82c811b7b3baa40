import type { EraseAccount } from '@manyhands/shared/erasure/contract'
import { listOwnedProjects } from '@manyhands/shared/erasure/repository'
import { stripAccount } from '@manyhands/shared/erasure/strip-account'
import { ForbiddenError, UnauthenticatedError } from '@manyhands/shared/errors/errors'
import { lockRoles } from '@manyhands/shared/users/change-roles'
import { forgetAccount } from '@manyhands/shared/users/forget-account'
import { lockUser } from '@manyhands/shared/users/repository'
import { assertPresent } from '../account/assert-present.ts'
import type { ServiceContext } from '../http/env.ts'
import { projectTag } from '../projects/cached-project.ts'
import { getOwnAccount } from '../sessions/own-account.ts'

const LISTED = 100

/** Erases the caller's account: it is dead at once, its name and address are free, and a job makes its
 *  answers nobody's. Throws ForbiddenError with the list while it owns projects, for the last admin, and
 *  for an API key; ValidationError for a wrong password. */
export async function eraseOwnAccount(
  ctx: ServiceContext,
  { password }: EraseAccount,
  token: string | undefined,
): Promise<void> {
  const own = await getOwnAccount(ctx)
  await assertPresent(ctx, own, { password, field: 'password', token })
  const { before, ended, projectIds } = await ctx.db.primary.transaction(async (tx) => {
    const admins = await lockRoles(tx)
    const user = await lockUser(tx, own.id)
    if (!user || user.passwdHash !== own.passwdHash) throw new UnauthenticatedError()
    const owned = await listOwnedProjects(tx, user.id, LISTED)
    if (owned.length > 0) throw new OwnsProjectsError(owned)
    if (user.admin && admins.length === 1) {
      throw new ForbiddenError(
        'You are the last admin: give somebody else the role first',
        'last_admin',
      )
    }
    return { before: user, ...(await stripAccount(tx, user)) }
  })
  await forgetAccount(ctx, before, ended)
  const tags = projectIds.map(projectTag)
  if (tags.length > 0) await ctx.cache.drop(...tags, 'catalogue')
  await ctx.wrote()
}

class OwnsProjectsError extends ForbiddenError {
  constructor(owned: Array<{ shortName: string; trashed: string | null }>) {
    super(
      'You still own projects: hand them over or delete them first',
      'owns_projects',
      owned.map(({ shortName, trashed }) => ({
        field: shortName,
        message: trashed === null ? 'is yours' : 'is yours, in the trash',
      })),
    )
  }
}
