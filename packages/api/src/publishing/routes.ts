import { ProjectPage } from '@manyhands/shared/projects/contract'
import { PublishRequest } from '@manyhands/shared/publishing/contract'
import type { MiddlewareHandler } from 'hono'
import { parseBody, readOptionalObject } from '../http/body.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getProjectPage } from '../projects/catalogue-service.ts'
import { publishProject, unpublishProject } from './service.ts'

export const publishingRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('projects', limit)
    .post(
      '/api/projects/:shortName/publish',
      {
        summary: 'Publish a project',
        description:
          'Without a body the answers of the test phase are kept. With `archive` they are put aside, to be downloaded under `/archives`, and every task begins anew.',
        operationId: 'publishProject',
        body: PublishRequest.partial(),
        answer: ProjectPage,
      },
      async (c) => {
        const shortName = c.req.param('shortName') ?? ''
        const request = parseBody(PublishRequest, await readOptionalObject(c))
        await publishProject(c.var.ctx, shortName, request)
        return c.json(await getProjectPage(c.var.ctx, shortName))
      },
    )
    .post(
      '/api/projects/:shortName/unpublish',
      {
        summary: 'Make a project a draft again; its answers stay',
        operationId: 'unpublishProject',
        answer: ProjectPage,
      },
      async (c) => {
        const shortName = c.req.param('shortName') ?? ''
        await unpublishProject(c.var.ctx, shortName)
        return c.json(await getProjectPage(c.var.ctx, shortName))
      },
    )
