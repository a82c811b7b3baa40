import { setTimeout as pause } from 'node:timers/promises'
import { UnavailableError } from '@manyhands/shared/errors/errors'
import type { ExportRequest } from '@manyhands/shared/exports/contract'
import { findExport, findFreshExport } from '@manyhands/shared/exports/repository'
import type { ExportRow } from '@manyhands/shared/exports/table'
import type { ServiceContext } from '../http/env.ts'
import { findProjectToExport, orderExport } from './service.ts'

/** How long an export is handed out again while nothing seems to have changed. */
const FRESH_SECONDS = 300
/** How long a request waits for its export: less than balancers wait for an answer. */
const PATIENCE_MS = 50_000
const FIRST_LOOK_MS = 100
const LONGEST_PAUSE_MS = 1_000

/** A finished export of a project, made while the caller waits unless there is a fresh one. It goes on
 *  when the caller has left (`left`) or waits no longer: asking again finds it. Throws NotFoundError,
 *  ForbiddenError, UnavailableError. */
export async function exportNow(
  ctx: ServiceContext,
  shortName: string,
  request: ExportRequest,
  left: AbortSignal,
): Promise<ExportRow> {
  const project = await findProjectToExport(ctx, shortName)
  const kind = { ...request, projectId: project.id }
  const fresh = await findFreshExport(ctx.db.primary, kind, FRESH_SECONDS)
  if (fresh) return fresh
  let row: ExportRow | undefined = await orderExport(ctx, project, request)
  const until = Date.now() + PATIENCE_MS
  let wait = FIRST_LOOK_MS
  while (row && (row.state === 'waiting' || row.state === 'running')) {
    if (Date.now() > until || left.aborted) break
    await pause(wait)
    wait = Math.min(wait * 1.5, LONGEST_PAUSE_MS)
    row = await findExport(ctx.db.primary, row.id)
  }
  if (row?.state !== 'done') throw new UnavailableError('The export')
  return row
}
