import type { MiddlewareHandler } from 'hono'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { featureProject } from './featured-service.ts'

const FEATURED = '/api/projects/:shortName/featured'

export const featuredRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('projects', limit)
    .post(
      FEATURED,
      { summary: 'Feature a project (moderators)', operationId: 'featureProject' },
      async (c) => {
        await featureProject(c.var.ctx, c.req.param('shortName') ?? '', true)
        return c.body(null, 204)
      },
    )
    .delete(
      FEATURED,
      { summary: 'Feature it no more (moderators)', operationId: 'unfeatureProject' },
      async (c) => {
        await featureProject(c.var.ctx, c.req.param('shortName') ?? '', false)
        return c.body(null, 204)
      },
    )
