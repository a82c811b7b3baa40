import type { Writer } from '@manyhands/shared/db/types'
import { eraseAccount } from '@manyhands/shared/erasure/jobs'
import {
  disownArchivedRuns,
  disownCounters,
  disownTaskRuns,
  type Erased,
  findErased,
  finishErasure,
  removeFavourites,
  renameInAuditLog,
} from '@manyhands/shared/erasure/repository'
import { personalDataFolder } from '@manyhands/shared/personal-data/names'
import { deleteUpload, doomUploadsOf } from '@manyhands/shared/uploads/repository'
import { handle, type JobContext } from '../runtime/handle.ts'
import { pause } from '../runtime/pause.ts'

/** Small enough that nobody waits for the locks of a batch. */
const BATCH = 500
const ROUNDS = 50
const REST_MS = 200

/** In batches, each of its own: killed at any place, the next run goes on from there. The row goes last,
 *  and with it the salt that the pseudonyms were made from. */
export const eraseAccountJob = handle(eraseAccount, async (ctx, { userId }, progress) => {
  const who = await findErased(ctx.db.primary, userId)
  if (!who) return
  await removeFiles(ctx, userId)
  let done = 0
  for (let round = 0; round < ROUNDS; round++) {
    for (const step of [disownTaskRuns, removeFavourites, renameInAuditLog, disownArchivedRuns]) {
      done += await toTheEnd(ctx, who, step, (rows) => progress({ done: done + rows, total: null }))
    }
    await disownAllCounters(ctx, who)
    ctx.signal.throwIfAborted()
    if (await finishErasure(ctx.db.primary, who)) return
    // The relay has some of its answers, or one was under way.
    await pause(REST_MS, ctx.signal)
  }
  throw new Error('the account was in use all the time')
})

type Step = (db: Writer, who: Erased, limit: number) => Promise<number>

async function toTheEnd(
  ctx: JobContext,
  who: Erased,
  step: Step,
  report: (rows: number) => void,
): Promise<number> {
  let rows = 0
  for (;;) {
    ctx.signal.throwIfAborted()
    const batch = await step(ctx.db.primary, who, BATCH)
    rows += batch
    report(rows)
    if (batch < BATCH) return rows
  }
}

async function disownAllCounters(ctx: JobContext, who: Erased): Promise<void> {
  for (;;) {
    ctx.signal.throwIfAborted()
    const { projectIds, busy } = await disownCounters(ctx.db.primary, who, BATCH)
    if (projectIds.length > 0) await ctx.cache.drop(...projectIds.map((id) => `project:${id}`))
    if (busy) await pause(REST_MS, ctx.signal)
    else if (projectIds.length < BATCH) return
  }
}

/** The picture, and what they had asked for of their own data. */
async function removeFiles(ctx: JobContext, userId: number): Promise<void> {
  for (const key of await doomUploadsOf(ctx.db.primary, 'avatar', userId)) {
    await ctx.storage.remove(key)
    await deleteUpload(ctx.db.primary, key)
  }
  await ctx.storage.removeFolder(personalDataFolder(userId))
}
