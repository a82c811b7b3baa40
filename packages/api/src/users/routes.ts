import { MethodNotAllowedError } from '@manyhands/shared/errors/errors'
import { User, UserChange } from '@manyhands/shared/users/contract'
import { userList } from '@manyhands/shared/users/list-shape'
import { detailFor } from '@manyhands/shared/users/policy'
import type { UserRow } from '@manyhands/shared/users/table'
import { toUserView } from '@manyhands/shared/users/view'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { pathId, queryArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { changeUser } from './change-user.ts'
import { getUser, getUserToChange, listUsers } from './service.ts'

const ONE = '/api/user/:id{[0-9]+}'

export const userRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('user', limit)
    .about('The people who have an account, and what of them others may see.')
    .get(
      '/api/user',
      { summary: 'List accounts', list: userList, answer: z.array(User) },
      async (c) =>
        c.json((await listUsers(c.var.ctx, queryArguments(c))).map((row) => show(c, row))),
    )
    .get(ONE, { summary: 'One account', answer: User }, async (c) =>
      c.json(show(c, await getUser(c.var.ctx, pathId(c, 'user')))),
    )
    .put(
      ONE,
      {
        summary: 'Change an account',
        description: 'Its person or an admin; roles are given by admins.',
        body: UserChange,
        answer: User,
      },
      async (c) => {
        const id = pathId(c, 'user')
        const before = await getUserToChange(c.var.ctx, id)
        const { n_answers, registered_ago, rank, score, ...current } = toUserView(before, 'all')
        const change = parseBody(UserChange, await readJsonObject(c), {
          current,
          unchanged: { id, created: before.created, n_answers, registered_ago, rank, score },
        })
        return c.json(toUserView(await changeUser(c.var.ctx, id, change), 'all'))
      },
    )
    .post(
      '/api/user',
      { summary: 'Accounts register themselves', answer: null, refuses: [405] },
      () => {
        throw new MethodNotAllowedError('Register with POST /api/account', 'POST')
      },
    )
    .delete(
      ONE,
      { summary: 'Accounts are erased by their own person', answer: null, refuses: [405] },
      () => {
        throw new MethodNotAllowedError('Erase your own with DELETE /api/account', 'DEL')
      },
    )

function show(c: Context<Env>, row: UserRow): User {
  return toUserView(row, detailFor(c.var.ctx.caller, row))
}
