import type { Context } from 'hono'
import type { Env } from './env.ts'

/** Sends text as it is made, no faster than it is read. A failure on the way breaks the connection off: a
 *  client never takes half of it for the whole. */
export function sendText(
  c: Context<Env>,
  content: AsyncIterable<string>,
  options: { type: string; fileName?: string },
): Response {
  c.header('Content-Type', `${options.type}; charset=utf-8`)
  c.header('Cache-Control', 'private, no-store')
  if (options.fileName) {
    c.header('Content-Disposition', `attachment; filename="${options.fileName}"`)
  }
  return c.body(ReadableStream.from(encode(content)))
}

async function* encode(content: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const text of content) if (text) yield encoder.encode(text)
}
