import { AuditFilter, AuditPage, SiteAuditFilter } from '@manyhands/shared/audit-log/contract'
import type { MiddlewareHandler } from 'hono'
import { queryContract } from '../http/arguments.ts'
import type { Env } from '../http/env.ts'
import { Routes } from '../http/routes.ts'
import { getProjectAuditLog, getSiteAuditLog } from './service.ts'

export const auditLogRoutes = (limit: MiddlewareHandler<Env>) =>
  new Routes('audit-log', limit)
    .about('Who changed what, before and after. Newest first.')
    .get(
      '/api/projects/:shortName/audit-log',
      {
        summary: 'Changes of a project, for its owners',
        operationId: 'getProjectAuditLog',
        access: 'account',
        query: AuditFilter,
        answer: AuditPage,
      },
      async (c) =>
        c.json(
          await getProjectAuditLog(
            c.var.ctx,
            c.req.param('shortName') ?? '',
            queryContract(AuditFilter, c),
          ),
        ),
    )
    .get(
      '/api/audit-log',
      {
        summary: 'Changes of the site itself, or of any project, for admins',
        operationId: 'getSiteAuditLog',
        access: 'admin',
        query: SiteAuditFilter,
        answer: AuditPage,
      },
      async (c) => c.json(await getSiteAuditLog(c.var.ctx, queryContract(SiteAuditFilter, c))),
    )
