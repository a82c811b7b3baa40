import { Readable } from 'node:stream'
import type { Storage } from '@manyhands/shared/storage/storage'
import type { Context } from 'hono'
import type { Endpoint } from '../http/endpoint.ts'
import type { Env } from '../http/env.ts'

export interface FileHeaders {
  type: string
  /** The name to save under; without one the browser shows the file. */
  downloadName?: string | undefined
  etag?: string | undefined
  cacheControl: string
}

/** What `sendFile` answers besides the whole file, for the API description. */
export const RANGE_ANSWERS: Endpoint['answers'] = {
  304: { description: 'It is the file that `If-None-Match` names.' },
  206: { description: 'The bytes that `Range` asked for.', content: '*/*' },
  416: { description: 'The file does not reach that far.' },
}

/** Streams a stored file, or the one range of it that was asked for (RFC 9110, section 14). Throws NotFoundError. */
export async function sendFile(
  c: Context<Env>,
  storage: Storage,
  key: string,
  headers: FileHeaders,
): Promise<Response> {
  const size = await storage.size(key)
  c.header('Content-Type', headers.type)
  c.header('Accept-Ranges', 'bytes')
  c.header('Cache-Control', headers.cacheControl)
  c.header('X-Content-Type-Options', 'nosniff')
  // Whatever is in the file, it runs no script here.
  c.set('contentSecurityPolicy', "default-src 'none'; sandbox")
  if (headers.etag) {
    c.header('ETag', `"${headers.etag}"`)
    if (isKnown(c.req.header('if-none-match'), headers.etag)) return c.body(null, 304)
  }
  if (headers.downloadName) {
    c.header(
      'Content-Disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(headers.downloadName)}`,
    )
  }
  const range = parseRange(c.req.header('range'), size)
  if (range === 'unsatisfiable') {
    c.header('Content-Range', `bytes */${size}`)
    return c.body(null, 416)
  }
  c.header('Content-Length', String(range ? range.end - range.start + 1 : size))
  if (range) c.header('Content-Range', `bytes ${range.start}-${range.end}/${size}`)
  if (c.req.method === 'HEAD') return c.body(null, 200)
  const content = Readable.toWeb(await storage.open(key, range)) as ReadableStream
  return c.body(content, range ? 206 : 200)
}

/** RFC 9110, section 13.1.2. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(`"${etag}"`)
}

/** One range of bytes; several, or nonsense, mean the whole file. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if ((first === undefined && last === undefined) || (first === '' && last === '')) return undefined
  const start = first ? Number(first) : Math.max(0, size - Number(last))
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1
  return start >= size || start > end ? 'unsatisfiable' : { start, end }
}
