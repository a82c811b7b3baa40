import { CloneRequest } from '@manyhands/shared/clones/contract'
import { ProjectPage } from '@manyhands/shared/projects/contract'
import type { MiddlewareHandler } from 'hono'
import { parseBody, readJsonObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getProjectPage } from '../projects/catalogue-service.ts'
import { cloneProject } from './service.ts'

export const cloneRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('projects', limit).post(
    '/api/projects/:shortName/clone',
    {
      summary: 'A new draft like a project',
      description:
        'Settings, presenter, pages and helping materials, with `tasks` also the tasks. Never answers, members, the password, or the webhook.',
      operationId: 'cloneProject',
      body: CloneRequest,
      answer: ProjectPage,
    },
    async (c) => {
      const request = parseBody(CloneRequest, await readJsonObject(c))
      await cloneProject(c.var.ctx, c.req.param('shortName') ?? '', request)
      return c.json(await getProjectPage(c.var.ctx, request.short_name))
    },
  )
