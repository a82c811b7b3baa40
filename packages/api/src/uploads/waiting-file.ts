import { randomUUID } from 'node:crypto'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

const CHUNK = 64 * 1024

/** Keeps a stream on disk without a name, so that nothing of it outlives this process. Close it. */
export async function keepOnDisk(content: Readable): Promise<FileHandle> {
  const path = join(tmpdir(), `manyhands-upload-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    await file.writeFile(content)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** What `keepOnDisk` kept, from its beginning. (The handle's own read stream would hold it open for ever
 *  when nobody reads it to its end.) */
export function readKept(file: FileHandle): Readable {
  async function* chunks() {
    for (let at = 0; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK), 0, CHUNK, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  }
  return Readable.from(chunks(), { objectMode: false })
}
