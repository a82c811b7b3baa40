import { deleteExpiredLinks } from '@manyhands/shared/mailed-links/repository'
import { cleanSessions } from '@manyhands/shared/sessions/jobs'
import { deleteExpiredSessions } from '@manyhands/shared/sessions/repository'
import { handle } from '../runtime/handle.ts'

const BATCH = 1_000

/** They open nothing any more; this keeps the tables small. In batches, so that no lock is held for long. */
export const cleanSessionsJob = handle(cleanSessions, async (ctx) => {
  for (const clean of [deleteExpiredSessions, deleteExpiredLinks]) {
    do ctx.signal.throwIfAborted()
    while ((await clean(ctx.db.primary, BATCH)) === BATCH)
  }
})
