import { KEPT_MS } from '@manyhands/shared/personal-data/download-link'
import { sweepPersonalData, writePersonalData } from '@manyhands/shared/personal-data/jobs'
import { personalDataKey } from '@manyhands/shared/personal-data/names'
import {
  deletePersonalData,
  listIdlePersonalData,
  listOldPersonalData,
} from '@manyhands/shared/personal-data/repository'
import { handle } from '../runtime/handle.ts'

const IDLE_SECONDS = 60
const PAGE = 100

/** The file goes first, so that none is ever forgotten. */
export const sweepPersonalDataJob = handle(sweepPersonalData, async (ctx) => {
  for (const exportId of await listIdlePersonalData(ctx.db.primary, IDLE_SECONDS, PAGE)) {
    await ctx.producer.enqueue(writePersonalData, { exportId })
  }
  for (;;) {
    const page = await listOldPersonalData(ctx.db.primary, KEPT_MS, PAGE)
    for (const { id, userId } of page) {
      ctx.signal.throwIfAborted()
      await ctx.storage.remove(personalDataKey(userId, id))
      await deletePersonalData(ctx.db.primary, id)
    }
    if (page.length < PAGE) return
  }
})
