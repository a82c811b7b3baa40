import {
  NotFoundError,
  UnauthenticatedError,
  ValidationError,
} from '@manyhands/shared/errors/errors'
import type { Member, ProjectOffer } from '@manyhands/shared/members/contract'
import {
  findMemberByEmail,
  findMemberByName,
  listOffers as listOfferRows,
} from '@manyhands/shared/members/repository'
import { mayAnswerOffer, mayTransferProject } from '@manyhands/shared/projects/policy'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from '../projects/apply-change.ts'
import { changeOwnProject } from '../projects/owned-project.ts'

const SHOWN = 100

/** Offers a project to an account, by user name or e-mail address; an offer that was open is replaced. An
 *  address that nobody has is answered like any other, so that nobody learns who has an account. Throws
 *  NotFoundError for an unknown name, ForbiddenError, ValidationError for an offer to its owner. */
export async function offerProject(
  ctx: ServiceContext,
  shortName: string,
  to: string,
): Promise<{ transfer_offered_to: string }> {
  await changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      const account = await findAccount(ctx, to)
      if (account?.id === project.ownerId) {
        const issue = { field: 'to', message: 'is the owner already' }
        throw new ValidationError(`to: ${issue.message}`, 'value', [issue])
      }
      const offer = { pendingOwnerId: account?.id ?? null, pendingOwnerLogin: to }
      await applyChange(ctx, tx, project, offer)
    },
    { may: mayTransferProject },
  )
  return { transfer_offered_to: to }
}

/** Takes an offer back; no error when there is none. Throws NotFoundError, ForbiddenError. */
export async function cancelOffer(ctx: ServiceContext, shortName: string): Promise<void> {
  await changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      if (project.pendingOwnerLogin !== null) await applyChange(ctx, tx, project, NO_OFFER)
    },
    { may: mayTransferProject },
  )
}

/** The caller becomes the owner; who was it stays a co-owner. Throws NotFoundError, ForbiddenError for
 *  whom it was not offered to. */
export function acceptOffer(ctx: ServiceContext, shortName: string): Promise<void> {
  return changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      const ownerId = ctx.caller.userId ?? 0
      await applyChange(ctx, tx, project, {
        ...NO_OFFER,
        ownerId,
        ownersIds: [...new Set([ownerId, ...project.ownersIds, project.ownerId])],
        testersIds: project.testersIds.filter((id) => id !== ownerId),
      })
    },
    { may: mayAnswerOffer },
  )
}

/** Throws as `acceptOffer`. */
export function declineOffer(ctx: ServiceContext, shortName: string): Promise<void> {
  return changeOwnProject(
    ctx,
    shortName,
    async (tx, project) => {
      await applyChange(ctx, tx, project, NO_OFFER)
    },
    { may: mayAnswerOffer },
  )
}

/** What the caller was offered. Throws UnauthenticatedError. */
export async function listOffers(ctx: ServiceContext): Promise<ProjectOffer[]> {
  const { userId } = ctx.caller
  if (userId === null) throw new UnauthenticatedError()
  const rows = await ctx.read((db) => listOfferRows(db, userId, SHOWN))
  return rows.map(({ project, from }) => ({
    project: {
      id: project.id,
      name: project.name,
      short_name: project.shortName,
      description: project.description,
    },
    from,
  }))
}

const NO_OFFER = { pendingOwnerId: null, pendingOwnerLogin: null }

/** User names are public, addresses are not: only an unknown name is an error. */
async function findAccount(ctx: ServiceContext, to: string): Promise<Member | undefined> {
  const byName = await findMemberByName(ctx.db.primary, to)
  if (byName) return byName
  if (!/^[^@\s]+@[^@\s]+$/.test(to)) throw new NotFoundError('user', to)
  return findMemberByEmail(ctx.db.primary, to)
}
