import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** Keeps a stream on disk without a name, so that nothing of it outlives this process. Close it. */
export async function keepOnDisk(content: Readable): Promise<FileHandle> {
  const path = join(tmpdir(), `manyhands-upload-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    await pipeline(content, file.createWriteStream({ autoClose: false }))
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}
