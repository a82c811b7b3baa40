import type { Readable } from 'node:stream'

/** Where uploads and exports lie. Keys look like `exports/12/owls.zip`: relative, no `..`. */
export interface Storage {
  /** Stores the stream under `key`, whole or not at all. Returns what was written. `headers` are for a store
   *  that is read by others than this platform: a CDN in front of a bucket. */
  put(
    key: string,
    content: Readable,
    headers?: StoredHeaders,
  ): Promise<{ bytes: number; sha256: string }>
  /** The content, or a part of it (`end` inclusive). Throws NotFoundError. */
  open(key: string, range?: { start: number; end: number }): Promise<Readable>
  /** Throws NotFoundError. */
  size(key: string): Promise<number>
  /** No error when there is nothing. */
  remove(key: string): Promise<void>
  /** Removes everything whose key begins with `folder/`, unfinished writes too. No error when there is
   *  nothing. */
  removeFolder(folder: string): Promise<void>
}

export interface StoredHeaders {
  contentType: string
  contentDisposition?: string | undefined
  cacheControl?: string | undefined
}

/** Keys come from addresses, too: nothing may lead out of its place. */
export function isKey(key: string): boolean {
  return !key.includes('\0') && key.split('/').every((part) => !['', '.', '..'].includes(part))
}
