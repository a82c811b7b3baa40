import type { Context } from '../context/context.ts'
import { projectExportsFolder } from '../exports/names.ts'

/** Removes what a deleted project has in the storage. After the commit; does nothing the second time. */
export async function removeProjectFiles(
  ctx: Pick<Context, 'storage' | 'log'>,
  projectId: number,
): Promise<void> {
  for (const folder of [projectExportsFolder(projectId)]) {
    await ctx.storage.removeFolder(folder).catch((error: unknown) => {
      // The project is gone; what is left costs space only.
      ctx.log.warn({ err: error, projectId }, 'files of a deleted project are left over')
    })
  }
}
