import { NotFoundError } from '@manyhands/shared/errors/errors'
import { toProjectCard } from '@manyhands/shared/projects/card-view'
import type { PublicProfile } from '@manyhands/shared/users/contract'
import { detailFor, mayReadUser } from '@manyhands/shared/users/policy'
import { listProjectsAnsweredBy, listProjectsCreatedBy } from '@manyhands/shared/users/profile'
import { findUserByName } from '@manyhands/shared/users/repository'
import type { ServiceContext } from '../http/env.ts'

const SHOWN = 50

/** The page of a person, as far as they show it to this caller. Somebody who has restricted the use of
 *  their data is not there for others. Throws NotFoundError. */
export async function getProfile(ctx: ServiceContext, name: string): Promise<PublicProfile> {
  return ctx.read(async (db) => {
    const user = await findUserByName(db, name)
    if (!user || !mayReadUser(ctx.caller, user)) throw new NotFoundError('user', name)
    const isShown = detailFor(ctx.caller, user) !== 'name'
    const created = await listProjectsCreatedBy(db, user.id, SHOWN)
    const answered = isShown ? await listProjectsAnsweredBy(db, user.id, SHOWN) : null
    const { avatar_url } = user.info
    return {
      name: user.name,
      locale: user.locale,
      fullname: isShown ? user.fullname : null,
      created: isShown ? user.created : null,
      avatar_url: isShown && typeof avatar_url === 'string' ? avatar_url : null,
      projects_created: created.map(toProjectCard),
      projects_contributed: answered?.map(toProjectCard) ?? null,
    }
  })
}
