import { randomUUID } from 'node:crypto'
import { open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { TooLargeError } from '@manyhands/shared/errors/errors'

/** Takes a body in whole before anything is done with it, on disk and so in constant memory: most clients
 *  read no answer before they have sent everything, and would wait for ever on one that is written while
 *  they send. The file has no name any more, and is gone with its reader. Throws TooLargeError. */
export async function spool(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Readable> {
  const path = join(tmpdir(), `manyhands-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    if (body) await file.writeFile(limitedTo(body, maxBytes))
    return file.createReadStream({ start: 0 })
  } catch (error) {
    await file.close()
    throw error
  }
}

async function* limitedTo(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new TooLargeError(maxBytes)
    yield chunk
  }
}
