import { readdir } from 'node:fs/promises'
import type { Context } from '@manyhands/shared/context/context'
import { storageFolder } from './read-archive.ts'

/** Everything in the storage, finished or not, as paths from its root. */
export async function storedFiles(ctx: Context): Promise<string[]> {
  const entries = await readdir(storageFolder(ctx), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(storageFolder(ctx).length + 1))
}
