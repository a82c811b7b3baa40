import { AdminUser, AdminUserPage, RolesChange, UserSearch } from '@manyhands/shared/users/contract'
import type { MiddlewareHandler } from 'hono'
import { pathId, queryArguments } from '../http/arguments.ts'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { findAccounts, giveRoles } from './admin-service.ts'

export const userAdminRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('user', limit)
    .get(
      '/api/admin/users',
      {
        operationId: 'findAccounts',
        access: 'admin',
        summary: 'Find accounts, the newest first',
        query: UserSearch,
        answer: AdminUserPage,
      },
      async (c) => {
        c.header('Cache-Control', 'no-store')
        return c.json(await findAccounts(c.var.ctx, parseBody(UserSearch, queryArguments(c))))
      },
    )
    .put(
      '/api/admin/users/:id{[0-9]+}/roles',
      {
        operationId: 'giveRoles',
        access: 'admin',
        summary: 'Give and take roles',
        description:
          'Nobody takes their own right to administer, and the last admin stays. Their sessions end, and they are told by mail.',
        body: RolesChange,
        answer: AdminUser,
      },
      async (c) => {
        const change = parseBody(RolesChange, await readJsonObject(c))
        return c.json(await giveRoles(c.var.ctx, pathId(c, 'user'), change))
      },
    )
