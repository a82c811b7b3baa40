import { ProjectPage } from '@manyhands/shared/projects/contract'
import { Removal } from '@manyhands/shared/trash/contract'
import type { MiddlewareHandler } from 'hono'
import { queryContract } from '../http/arguments.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getProjectPage } from '../projects/catalogue-service.ts'
import { purgeProject, restoreProject, trashProject } from './service.ts'

export const trashRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('projects', limit)
    .delete(
      '/api/projects/:shortName',
      {
        summary: 'Put a project into the trash, or with purge=true delete it from there for good',
        description:
          'A project in the trash keeps its names; `GET /api/projects?scope=trash` lists it. Deleting for good wants the short name once more, as `confirm`.',
        operationId: 'removeProject',
        query: Removal,
        refuses: [415],
      },
      async (c) => {
        const { purge, confirm } = queryContract(Removal, c)
        const shortName = c.req.param('shortName') ?? ''
        if (purge) await purgeProject(c.var.ctx, shortName, confirm)
        else await trashProject(c.var.ctx, shortName)
        return c.body(null, 204)
      },
    )
    .post(
      '/api/projects/:shortName/restore',
      {
        summary: 'Take a project out of the trash',
        operationId: 'restoreProject',
        answer: ProjectPage,
      },
      async (c) => {
        const shortName = c.req.param('shortName') ?? ''
        await restoreProject(c.var.ctx, shortName)
        return c.json(await getProjectPage(c.var.ctx, shortName))
      },
    )
