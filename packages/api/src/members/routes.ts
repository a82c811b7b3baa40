import {
  MemberName,
  ProjectMembers,
  ProjectOffer,
  TransferOffer,
} from '@manyhands/shared/members/contract'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { addMember, getMembers, type Role, removeMember } from './service.ts'
import {
  acceptOffer,
  cancelOffer,
  declineOffer,
  listOffers,
  offerProject,
} from './transfer-service.ts'

const MEMBERS = '/api/projects/:shortName/members'
const TRANSFER = '/api/projects/:shortName/transfer'

export const memberRoutes = (limit: MiddlewareHandler<Env>) => {
  const add = (role: Role) => async (c: Context<Env>) => {
    const { name } = parseBody(MemberName, await readJsonObject(c))
    return c.json(await addMember(c.var.ctx, shortName(c), role, name))
  }
  const remove = (role: Role) => async (c: Context<Env>) => {
    await removeMember(c.var.ctx, shortName(c), role, c.req.param('name') ?? '')
    return c.body(null, 204)
  }
  return new Routes('members', limit)
    .about('The people of a project: its owner, co-owners, and testers who may try a draft.')
    .get(
      MEMBERS,
      {
        summary: 'Who owns and who tries a project',
        operationId: 'getProjectMembers',
        access: 'account',
        answer: ProjectMembers,
      },
      async (c) => c.json(await getMembers(c.var.ctx, shortName(c))),
    )
    .post(
      `${MEMBERS}/co-owners`,
      {
        summary: 'Add a co-owner by the exact user name',
        operationId: 'addCoOwner',
        body: MemberName,
        answer: ProjectMembers,
      },
      add('co-owners'),
    )
    .delete(
      `${MEMBERS}/co-owners/:name`,
      { summary: 'Remove a co-owner', operationId: 'removeCoOwner', refuses: [415] },
      remove('co-owners'),
    )
    .post(
      `${MEMBERS}/testers`,
      {
        summary: 'Invite a tester by the exact user name',
        operationId: 'addTester',
        body: MemberName,
        answer: ProjectMembers,
      },
      add('testers'),
    )
    .delete(
      `${MEMBERS}/testers/:name`,
      { summary: 'Remove a tester', operationId: 'removeTester' },
      remove('testers'),
    )
    .post(
      TRANSFER,
      {
        summary: 'Offer a project to another account',
        description:
          'By user name or e-mail address; for its creator. The answer is the same whether or not somebody has the address.',
        operationId: 'offerProject',
        body: TransferOffer,
        answer: z.object({ transfer_offered_to: z.string() }),
      },
      async (c) => {
        const { to } = parseBody(TransferOffer, await readJsonObject(c))
        return c.json(await offerProject(c.var.ctx, shortName(c), to))
      },
    )
    .delete(
      TRANSFER,
      { summary: 'Take an offer back', operationId: 'cancelProjectOffer' },
      async (c) => {
        await cancelOffer(c.var.ctx, shortName(c))
        return c.body(null, 204)
      },
    )
    .post(
      `${TRANSFER}/accept`,
      { summary: 'Become the owner of a project that was offered', operationId: 'acceptProject' },
      async (c) => {
        await acceptOffer(c.var.ctx, shortName(c))
        return c.body(null, 204)
      },
    )
    .post(
      `${TRANSFER}/decline`,
      { summary: 'Decline a project that was offered', operationId: 'declineProject' },
      async (c) => {
        await declineOffer(c.var.ctx, shortName(c))
        return c.body(null, 204)
      },
    )
    .get(
      '/api/account/project-offers',
      {
        summary: 'Projects that the caller was offered',
        operationId: 'listProjectOffers',
        access: 'account',
        answer: z.array(ProjectOffer),
      },
      async (c) => c.json(await listOffers(c.var.ctx)),
    )
}

function shortName(c: Context<Env>): string {
  return c.req.param('shortName') ?? ''
}
