import { type ClonedFile, listFilesToClone, takeFile } from '@manyhands/shared/clones/files'
import { NotFoundError } from '@manyhands/shared/errors/errors'
import { attachUpload, insertUpload } from '@manyhands/shared/uploads/repository'
import { containerOf } from '@manyhands/shared/uploads/rules'
import type { ServiceContext } from '../http/env.ts'
import { headersOf } from '../uploads/receive-upload.ts'
import { discardUpload } from '../uploads/remove-uploads.ts'
import { storedName } from '../uploads/stored-name.ts'

/** Gives a clone files of its own, so that it does not lose its pictures with the original. After the commit:
 *  until then the clone shows the original's. */
export async function cloneFiles(
  ctx: ServiceContext,
  sourceId: number,
  cloneId: number,
): Promise<void> {
  for (const file of await listFilesToClone(ctx.db.primary, sourceId)) {
    await cloneFile(ctx, cloneId, file)
  }
}

async function cloneFile(ctx: ServiceContext, cloneId: number, file: ClonedFile): Promise<void> {
  const { userId } = ctx.caller
  const container = containerOf(userId)
  const fileName = copyName(file.key, ctx.clock())
  const key = `${container}/${fileName}`
  await insertUpload(ctx.db.primary, { key, kind: file.kind, projectId: cloneId, userId })
  try {
    await ctx.storage.put(key, await ctx.storage.open(file.key), headersOf(fileName))
    const id = await takeFile(ctx.db.primary, cloneId, file, { key, container, fileName })
    if (id === undefined) await discardUpload(ctx, key)
    else await attachUpload(ctx.db.primary, key, file.kind, id)
  } catch (error) {
    await discardUpload(ctx, key)
    // Gone meanwhile, with its record: there is nothing to take over.
    if (!(error instanceof NotFoundError)) throw error
  }
}

/** As the sender named it; what made the original's name unique makes way for its own. */
function copyName(key: string, nowMs: number): string {
  const name = key.slice(key.lastIndexOf('/') + 1).replace(/^[0-9a-f]{32}-/, '')
  return storedName(name, name.slice(name.lastIndexOf('.') + 1), nowMs)
}
