import { cleanUploads } from '@manyhands/shared/uploads/jobs'
import { deleteUpload, listUploadPage } from '@manyhands/shared/uploads/repository'
import { handle } from '../runtime/handle.ts'

const PAGE = 1_000

/** The file first, so that none is ever forgotten. A file that was received but that no record has, because
 *  its process died in between, stays until its project goes. */
export const cleanUploadsJob = handle(cleanUploads, async (ctx) => {
  for (let after = ''; ; ) {
    const page = await listUploadPage(ctx.db.primary, after, PAGE)
    for (const { key } of page.filter(({ gone }) => gone)) {
      ctx.signal.throwIfAborted()
      await ctx.storage.remove(key)
      await deleteUpload(ctx.db.primary, key)
    }
    if (page.length < PAGE) return
    after = page.at(-1)?.key ?? after
  }
})
