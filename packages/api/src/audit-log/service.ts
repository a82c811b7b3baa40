import type { AuditFilter, AuditPage, SiteAuditFilter } from '@manyhands/shared/audit-log/contract'
import { mayReadAuditLog, mayReadSiteAuditLog } from '@manyhands/shared/audit-log/policy'
import { type AuditQuery, listChanges } from '@manyhands/shared/audit-log/repository'
import { toAuditEntry } from '@manyhands/shared/audit-log/view'
import { assertAllowed } from '@manyhands/shared/errors/allow'
import type { ServiceContext } from '../http/env.ts'
import { findOwnProject } from '../projects/owned-project.ts'

/** Throws NotFoundError, ForbiddenError. */
export async function getProjectAuditLog(
  ctx: ServiceContext,
  shortName: string,
  filter: AuditFilter,
): Promise<AuditPage> {
  const project = await findOwnProject(ctx, shortName, (caller, each) =>
    mayReadAuditLog(caller, each, ctx.config.PRO_FEATURES),
  )
  return page(ctx, { ...filter, projectId: project.id })
}

/** Throws UnauthenticatedError, ForbiddenError. */
export async function getSiteAuditLog(
  ctx: ServiceContext,
  filter: SiteAuditFilter,
): Promise<AuditPage> {
  assertAllowed(ctx.caller.userId !== null, mayReadSiteAuditLog(ctx.caller))
  return page(ctx, { ...filter, projectId: filter.project_id ?? null })
}

async function page(ctx: ServiceContext, query: AuditQuery): Promise<AuditPage> {
  const rows = await ctx.read((db) => listChanges(db, { ...query, limit: query.limit + 1 }))
  const items = rows.slice(0, query.limit).map(toAuditEntry)
  return { items, next: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null }
}
