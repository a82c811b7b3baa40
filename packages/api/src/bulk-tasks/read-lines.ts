import type { Readable } from 'node:stream'

const MAX_LINE_BYTES = 1_000_000
const NEWLINE = 10

/** The lines of a text; one that is too long or not UTF-8 has `text` null, and is passed over in constant
 *  memory. `line` counts from 1. */
export async function* readLines(
  content: Readable,
): AsyncGenerator<{ line: number; text: string | null }> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let pieces: Buffer[] = []
  let bytes = 0
  let line = 1
  const add = (piece: Buffer) => {
    bytes += piece.length
    if (bytes > MAX_LINE_BYTES) pieces = []
    else pieces.push(piece)
  }
  const end = () => {
    const text = bytes > MAX_LINE_BYTES ? null : decode(decoder, Buffer.concat(pieces))
    pieces = []
    bytes = 0
    return { line: line++, text }
  }
  for await (const chunk of content as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, at))
      yield end()
      from = at + 1
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (bytes > 0) yield end()
}

function decode(decoder: TextDecoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
