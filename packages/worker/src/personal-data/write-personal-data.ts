import { zip } from '@manyhands/shared/exports/zip'
import { orderMail } from '@manyhands/shared/mails/order-mail'
import { writePersonalData } from '@manyhands/shared/personal-data/jobs'
import { personalDataMembers } from '@manyhands/shared/personal-data/members'
import { personalDataKey } from '@manyhands/shared/personal-data/names'
import {
  findPersonalData,
  finishPersonalData,
  takePersonalData,
} from '@manyhands/shared/personal-data/repository'
import { findUser } from '@manyhands/shared/users/repository'
import type { UserRow } from '@manyhands/shared/users/table'
import { handle, type JobContext } from '../runtime/handle.ts'

/** Writes the archive, and tells its person. May be run any number of times, at the same time too: the file
 *  appears whole or not at all, and one mail is ordered. */
export const writePersonalDataJob = handle(
  writePersonalData,
  async (ctx, { exportId }) => {
    const row = await takePersonalData(ctx.db.primary, exportId)
    const user = row && (await findUser(ctx.db.primary, row.userId))
    if (!user) return
    const key = personalDataKey(user.id, exportId)
    const bytes = await store(ctx, user, key)
    await ctx.db.primary.transaction(async (tx) => {
      if (!(await finishPersonalData(tx, exportId, { state: 'done', bytes }))) return
      await orderMail(tx, user, 'personal-data-ready', { exportId })
    })
    // Erased or cleaned away meanwhile: then nobody would ever remove the file.
    if (!(await findPersonalData(ctx.db.primary, exportId))) await ctx.storage.remove(key)
  },
  async (ctx, { exportId }) => {
    await finishPersonalData(ctx.db.primary, exportId, { state: 'failed', bytes: null })
  },
)

/** One moment of the database, which has all that was committed before it was asked for. */
async function store(ctx: JobContext, user: UserRow, key: string): Promise<number> {
  const position = await ctx.db.commitPosition()
  const { signal } = ctx
  return ctx.db.readTransaction(async (db) => {
    const archive = zip(personalDataMembers({ db, user, signal }))
    return (await ctx.storage.put(key, archive)).bytes
  }, position)
}
