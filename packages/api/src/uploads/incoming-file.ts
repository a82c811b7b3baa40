import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { TooLargeError } from '@manyhands/shared/errors/errors'
import { detectType, HEAD_BYTES, refusal, TextGuard } from './detect-type.ts'
import type { MediaKind, MediaType } from './media-types.ts'

/** A file on its way in: its type is known, its content is still to be read. */
export interface IncomingFile {
  name: string
  type: MediaType
  /** Fails with TooLargeError past the limit, with ValidationError once a text turns out to be none. */
  content: Readable
  /** Once the content was read. Hex. */
  sha256: () => string
}

/** Reads the first bytes of `source`, and no more. Undefined for a nameless file without content: a form's
 *  empty file input. Throws ValidationError for a type that is not accepted. */
export async function openIncomingFile(
  source: Readable,
  name: string,
  limits: { bytes: number; kinds?: readonly MediaKind[] | undefined },
): Promise<IncomingFile | undefined> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const read: Buffer[] = []
  let length = 0
  while (length < HEAD_BYTES) {
    const { done, value } = await chunks.next()
    if (done) break
    read.push(value)
    length += value.length
  }
  const head = Buffer.concat(read)
  if (head.length === 0 && name === '') return undefined
  if (head.length === 0) throw refusal('The file is empty')
  const type = await detectType(head, name, limits.kinds)
  const hash = createHash('sha256')
  const guard = type.kind === 'text' ? new TextGuard() : undefined

  async function* checked() {
    let bytes = 0
    let chunk: Buffer | undefined = head
    try {
      while (chunk) {
        bytes += chunk.length
        if (bytes > limits.bytes) throw tooLarge(limits.bytes)
        hash.update(chunk)
        guard?.check(chunk)
        yield chunk
        const next: IteratorResult<Buffer> = await chunks.next()
        chunk = next.done ? undefined : next.value
      }
      guard?.check(undefined)
    } finally {
      source.destroy()
    }
  }
  const content = Readable.from(checked(), { objectMode: false })
  return { name, type, content, sha256: () => hash.copy().digest('hex') }
}

export function tooLarge(bytes: number): TooLargeError {
  return new TooLargeError(bytes, 'The file', 'MAX_UPLOAD_BYTES')
}
