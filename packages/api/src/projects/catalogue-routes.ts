import {
  PlatformTotals,
  ProjectCardPage,
  ProjectFilter,
  ProjectPage,
} from '@manyhands/shared/projects/contract'
import type { MiddlewareHandler } from 'hono'
import { queryContract } from '../http/arguments.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { browseProjects, getPlatformTotals, getProjectPage } from './catalogue-service.ts'

/** What the app shows; the wire contract's `/api/project` is beside it in `routes.ts`. */
export const catalogueRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('projects', limit)
    .about('Projects as the app shows them, by short name, and what their owners do with them.')
    .get(
      '/api/platform',
      {
        operationId: 'getPlatformTotals',
        access: 'public',
        summary: 'Totals of the platform',
        answer: PlatformTotals,
      },
      async (c) => {
        c.header('Cache-Control', 'public, max-age=5, stale-while-revalidate=60')
        return c.json(await getPlatformTotals(c.var.ctx))
      },
    )
    .get(
      '/api/projects',
      {
        operationId: 'browseProjects',
        access: 'public',
        summary: 'Browse projects',
        query: ProjectFilter,
        answer: ProjectCardPage,
      },
      async (c) => {
        return c.json(await browseProjects(c.var.ctx, queryContract(ProjectFilter, c)))
      },
    )
    .get(
      '/api/projects/:shortName',
      { operationId: 'getProjectPage', summary: "A project's page", answer: ProjectPage },
      async (c) => c.json(await getProjectPage(c.var.ctx, c.req.param('shortName') ?? '')),
    )
