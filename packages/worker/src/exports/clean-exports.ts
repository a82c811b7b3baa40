import { cleanExports } from '@manyhands/shared/exports/jobs'
import { exportFolder } from '@manyhands/shared/exports/names'
import { deleteExport, listOldExports } from '@manyhands/shared/exports/repository'
import { handle } from '../runtime/handle.ts'

const KEPT_DAYS = 7
const PAGE = 100

/** Removes what was requested more than a week ago: the file first, so that none is ever forgotten. */
export const cleanExportsJob = handle(cleanExports, async (ctx) => {
  for (;;) {
    const page = await listOldExports(ctx.db.primary, KEPT_DAYS, PAGE)
    for (const { id, projectId } of page) {
      ctx.signal.throwIfAborted()
      await ctx.storage.removeFolder(exportFolder(projectId, id))
      await deleteExport(ctx.db.primary, id)
    }
    if (page.length < PAGE) return
  }
})
