import { fileURLToPath } from 'node:url'
import type { Context } from '@manyhands/shared/context/context'
import { findExport } from '@manyhands/shared/exports/repository'
import { openPromise } from 'yauzl'

/** The members of a finished export by name, as texts. */
export async function readArchive(ctx: Context, exportId: string): Promise<Map<string, string>> {
  const row = await findExport(ctx.db.primary, exportId)
  if (!row?.storageKey)
    throw new Error(`export ${exportId} has no file: ${row?.state} ${row?.error}`)
  return readZip(ctx, row.storageKey)
}

/** The members of a stored ZIP by name, as texts. */
export async function readZip(ctx: Context, storageKey: string): Promise<Map<string, string>> {
  const zip = await openPromise(`${storageFolder(ctx)}/${storageKey}`, { validateEntrySizes: true })
  const members = new Map<string, string>()
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk)
    members.set(entry.fileName, Buffer.concat(chunks).toString('utf8'))
  }
  return members
}

export function storageFolder(ctx: Context): string {
  return fileURLToPath(ctx.config.STORAGE_URL)
}
