import { assertAllowed } from '@manyhands/shared/errors/allow'
import { ForbiddenError, NotFoundError, UnavailableError } from '@manyhands/shared/errors/errors'
import type { Export, ExportRequest } from '@manyhands/shared/exports/contract'
import { exportProject } from '@manyhands/shared/exports/jobs'
import {
  cancelExport as cancelExportRow,
  findExport,
  requestExport as insertExport,
  listExports as listExportRows,
} from '@manyhands/shared/exports/repository'
import type { ExportRow } from '@manyhands/shared/exports/table'
import { toExportView } from '@manyhands/shared/exports/view'
import { mayCancelExport, mayExport } from '@manyhands/shared/projects/policy'
import type { ProjectRow } from '@manyhands/shared/projects/table'
import type { ServiceContext } from '../http/env.ts'
import { getCachedProject, getProjectByName } from '../projects/cached-project.ts'
import { createDownloadLink, isValidLink } from './download-link.ts'

const SHOWN = 20

/** Orders an export, or joins the one of the same kind that is under way. Throws NotFoundError,
 *  ForbiddenError. */
export async function requestExport(
  ctx: ServiceContext,
  shortName: string,
  request: ExportRequest,
): Promise<Export> {
  return show(ctx, await orderExport(ctx, await findProjectToExport(ctx, shortName), request))
}

/** As `requestExport`, of a project that `findProjectToExport` gave. */
export async function orderExport(
  ctx: ServiceContext,
  project: ProjectRow,
  request: ExportRequest,
): Promise<ExportRow> {
  const order = { ...request, projectId: project.id, userId: ctx.caller.userId }
  const row = await insertExport(ctx.db.primary, order)
  await ctx.wrote()
  await ctx.producer.enqueue(exportProject, { exportId: row.id }).catch((error: unknown) => {
    // The order is stored: the worker's sweep finds it once the queue is back.
    if (!(error instanceof UnavailableError)) throw error
    ctx.log.warn({ err: error }, 'export waits for the queue')
  })
  return row
}

/** The newest exports of a project. Throws NotFoundError, ForbiddenError. */
export async function listExports(ctx: ServiceContext, shortName: string): Promise<Export[]> {
  const project = await findProjectToExport(ctx, shortName)
  const rows = await ctx.read((db) => listExportRows(db, project.id, SHOWN))
  return rows.map((row) => show(ctx, row))
}

/** Throws NotFoundError, ForbiddenError. */
export async function getExport(ctx: ServiceContext, id: string): Promise<Export> {
  const { row } = await findReadable(ctx, id)
  return show(ctx, row)
}

/** Only who ordered it, owners and admins. Throws NotFoundError, ForbiddenError. */
export async function cancelExport(ctx: ServiceContext, id: string): Promise<Export> {
  const { row, project } = await findReadable(ctx, id)
  assertAllowed(ctx.caller.userId !== null, mayCancelExport(ctx.caller, project, row))
  const cancelled = await cancelExportRow(ctx.db.primary, id)
  await ctx.wrote()
  return show(ctx, cancelled ?? row)
}

/** The finished export behind a signed link. Throws NotFoundError, ForbiddenError. */
export async function findDownload(
  ctx: ServiceContext,
  id: string,
  expires: string | undefined,
  signature: string | undefined,
): Promise<{ storageKey: string; fileName: string; sha256: string | null }> {
  if (!isValidLink(ctx.secrets, id, expires, signature, ctx.clock())) {
    throw new ForbiddenError(
      'This link has expired or is not whole: ask for a new one',
      'link_expired',
    )
  }
  const row = await findExport(ctx.db.primary, id)
  if (!row?.storageKey || !row.fileName || row.state !== 'done')
    throw new NotFoundError('export', id)
  // Of a project in the trash there is nothing to be had, links included.
  await getCachedProject(ctx, row.projectId)
  return { storageKey: row.storageKey, fileName: row.fileName, sha256: row.sha256 }
}

export function show(ctx: ServiceContext, row: ExportRow): Export {
  return toExportView(row, createDownloadLink(ctx.secrets, row.id, ctx.clock()))
}

/** Throws NotFoundError, ForbiddenError. */
export async function findProjectToExport(
  ctx: ServiceContext,
  shortName: string,
): Promise<ProjectRow> {
  const project = await getProjectByName(ctx, shortName)
  assertAllowed(ctx.caller.userId !== null, mayExport(ctx.caller, project))
  return project
}

async function findReadable(ctx: ServiceContext, id: string) {
  const row = await findExport(ctx.db.primary, id)
  if (!row) throw new NotFoundError('export', id)
  const project = await getCachedProject(ctx, row.projectId)
  assertAllowed(ctx.caller.userId !== null, mayExport(ctx.caller, project))
  return { row, project }
}
