import { exportProject } from '@manyhands/shared/exports/jobs'
import { exportFolder } from '@manyhands/shared/exports/names'
import {
  type Claim,
  claimExport,
  failExport,
  findExport,
  releaseExport,
} from '@manyhands/shared/exports/repository'
import { countExportRows } from '@manyhands/shared/exports/rows'
import type { ExportRow } from '@manyhands/shared/exports/table'
import { writeExport } from '@manyhands/shared/exports/write-export'
import { findProject } from '@manyhands/shared/projects/repository'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { handle, type JobContext, type ReportProgress } from '../runtime/handle.ts'
import { ClaimLostError, ExportProgress } from './export-progress.ts'
import { storeArtefact } from './store-artefact.ts'

const FAILED = 'The export could not be written. Please try again later.'

/** Writes the file of an export. May be run any number of times, also at the same time by a worker that
 *  everybody thinks dead: the latest claim counts, and only it can make the file. */
export const exportProjectJob = handle(
  exportProject,
  async (ctx, { exportId }, progress) => {
    const claimed = await claimExport(ctx.db.primary, exportId)
    if (!claimed) return
    const { row, claim } = claimed
    try {
      await exportRows(ctx, row, claim, progress)
    } catch (error) {
      // Cancelled, or another worker's: whoever did that has put the row in order.
      if (error instanceof ClaimLostError) return
      // Shown as waiting until the next try; should this fail too, that one claims a running row.
      await releaseExport(ctx.db.primary, claim).catch(() => {})
      throw error
    }
  },
  async (ctx, { exportId }, error) => {
    const message = error instanceof PermanentError ? error.message : FAILED
    await failExport(ctx.db.primary, exportId, message)
    const row = await findExport(ctx.db.primary, exportId)
    if (row?.state === 'failed') await ctx.storage.removeFolder(exportFolder(row.projectId, row.id))
  },
)

async function exportRows(
  ctx: JobContext,
  row: ExportRow,
  claim: Claim,
  report: ReportProgress,
): Promise<void> {
  const project = await findProject(ctx.db.primary, row.projectId)
  if (!project) return
  // What an attempt that died has left. Should it live after all, it loses the file it writes.
  await ctx.storage.removeFolder(exportFolder(row.projectId, row.id))
  // All that was committed before the request was, whichever replica reads it.
  const position = await ctx.db.commitPosition()
  const progress = new ExportProgress(ctx, claim, report)
  try {
    await ctx.db.readTransaction(async (db) => {
      const source = { db, projectId: row.projectId, type: row.type }
      progress.start(await countExportRows(source))
      const run = {
        ...source,
        shortName: project.shortName,
        signal: progress.signal,
        onRows: (rows: number) => progress.add(rows),
      }
      await writeExport(
        {
          ...run,
          store: (archive) => storeArtefact(ctx, { row, claim, project, archive, progress }),
        },
        row.format,
      )
    }, position)
  } finally {
    progress.stop()
  }
}
