import { deleteUpload, doomUpload, doomUploadsOf } from '@manyhands/shared/uploads/repository'
import type { UploadKind } from '@manyhands/shared/uploads/table'
import type { ServiceContext } from '../http/env.ts'

/** Removes the uploaded file of a record, after the commit that deleted the record (or replaced its file).
 *  It is safe whatever the record's `info` says: only what was uploaded for this record goes. Never fails:
 *  what cannot be removed now, `clean-uploads` of the worker removes later, as it does for records that
 *  went with their task or project.
 *
 *      await removeUploads(ctx, 'helpingmaterial', id) */
export async function removeUploads(
  ctx: ServiceContext,
  kind: UploadKind,
  objectId: number,
): Promise<void> {
  await carefully(ctx, async () => doomUploadsOf(ctx.db.primary, kind, objectId))
}

/** The same for one file, which no record has. */
export async function discardUpload(ctx: ServiceContext, key: string): Promise<void> {
  await carefully(ctx, async () => doomUpload(ctx.db.primary, key))
}

/** Removes files that are doomed already. */
export async function carefully(ctx: ServiceContext, doom: () => Promise<string[]>): Promise<void> {
  try {
    for (const key of await doom()) {
      await ctx.storage.remove(key)
      await deleteUpload(ctx.db.primary, key)
    }
  } catch (error) {
    ctx.log.warn({ err: error, request_id: ctx.requestId }, 'an uploaded file is left to the sweep')
  }
}
