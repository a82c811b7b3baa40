import { ConflictError, NotFoundError, ValidationError } from '@manyhands/shared/errors/errors'
import { MAX_MEMBERS, type Member, type ProjectMembers } from '@manyhands/shared/members/contract'
import { findMemberByName, listMembers } from '@manyhands/shared/members/repository'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { ServiceContext } from '../http/env.ts'
import { applyChange } from '../projects/apply-change.ts'
import { changeOwnProject, findOwnProject } from '../projects/owned-project.ts'

/** The two lists of people that owners keep. */
export type Role = 'co-owners' | 'testers'

const COLUMN = { 'co-owners': 'ownersIds', testers: 'testersIds' } as const

/** Throws NotFoundError, ForbiddenError. */
export async function getMembers(ctx: ServiceContext, shortName: string): Promise<ProjectMembers> {
  return showMembers(ctx, await findOwnProject(ctx, shortName))
}

/** By the exact user name. Who is in the list already stays in it, once. Throws NotFoundError for an
 *  unknown name, ForbiddenError, ValidationError when the list is full. */
export async function addMember(
  ctx: ServiceContext,
  shortName: string,
  role: Role,
  name: string,
): Promise<ProjectMembers> {
  const project = await changeOwnProject(ctx, shortName, async (tx, before) => {
    const { id } = await getMember(ctx, name)
    const ids = before[COLUMN[role]]
    if (ids.includes(id)) return before
    if (ids.length >= MAX_MEMBERS) {
      const issue = { field: 'name', message: `a project has at most ${MAX_MEMBERS} ${role}` }
      throw new ValidationError(issue.message, 'value', [issue])
    }
    return applyChange(ctx, tx, before, { [COLUMN[role]]: [...ids, id] })
  })
  return showMembers(ctx, project)
}

/** Owners may remove themselves, nobody the creator. Throws NotFoundError for somebody who is not in the
 *  list, ForbiddenError, ConflictError. */
export async function removeMember(
  ctx: ServiceContext,
  shortName: string,
  role: Role,
  name: string,
): Promise<void> {
  await changeOwnProject(ctx, shortName, async (tx, before) => {
    const members = await listMembers(tx, before[COLUMN[role]])
    const member = members.find((each) => each.name === name)
    if (!member) throw new NotFoundError('member', name)
    if (role === 'co-owners' && member.id === before.ownerId) {
      throw new ConflictError(
        'The creator of a project cannot be removed: transfer it first',
        'name',
      )
    }
    const ids = before[COLUMN[role]].filter((id) => id !== member.id)
    await applyChange(ctx, tx, before, { [COLUMN[role]]: ids })
  })
}

async function showMembers(ctx: ServiceContext, project: ProjectRow): Promise<ProjectMembers> {
  const ids = [project.ownerId, ...project.ownersIds, ...project.testersIds]
  const all = new Map((await listMembers(ctx.db.primary, ids)).map((each) => [each.id, each]))
  const pick = (list: number[]) => list.flatMap((id) => all.get(id) ?? [])
  const owner = all.get(project.ownerId)
  if (!owner) throw new NotFoundError('user', project.ownerId)
  return {
    owner,
    co_owners: pick(project.ownersIds.filter((id) => id !== project.ownerId)),
    testers: pick(project.testersIds),
    transfer_offered_to: project.pendingOwnerLogin,
  }
}

async function getMember(ctx: ServiceContext, name: string): Promise<Member> {
  const member = await findMemberByName(ctx.db.primary, name)
  if (!member) throw new NotFoundError('user', name)
  return member
}
