import { PublicProfile } from '@manyhands/shared/users/contract'
import type { MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getProfile } from './profile-service.ts'

export const profileRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('user', limit).get(
    '/api/users/:name',
    {
      operationId: 'getProfile',
      summary: 'The page of a person',
      description: 'As far as they show it; nobody else finds who has restricted their account.',
      answer: PublicProfile,
    },
    async (c) => c.json(await getProfile(c.var.ctx, c.req.param('name') ?? '')),
  )
