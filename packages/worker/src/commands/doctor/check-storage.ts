import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Config } from '@manyhands/shared/config/config'
import { openStorage } from '@manyhands/shared/storage/open-storage'
import { type Finding, reasonOf } from './check.ts'

const CONTENT = 'written by the doctor\n'

/** Writes a file, reads it and takes it away again. */
export async function checkStorage(config: Config): Promise<Finding> {
  const key = `doctor/${randomUUID()}.txt`
  try {
    const storage = openStorage(config)
    await storage.put(key, Readable.from([CONTENT]))
    const found = await text(await storage.open(key))
    await storage.remove(key)
    if (found === CONTENT) return { ok: true, detail: 'writable' }
    return { ok: false, detail: 'gives back something else than was stored' }
  } catch (error) {
    const advice = config.STORAGE_URL.startsWith('s3:')
      ? 'Check that the bucket of STORAGE_URL is there, and the S3_ settings'
      : 'Make the folder of STORAGE_URL writable for this user, or correct STORAGE_URL'
    return { ok: false, detail: reasonOf(error), advice }
  }
}
