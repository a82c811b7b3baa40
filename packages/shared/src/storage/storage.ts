import type { Readable } from 'node:stream'

/** Where uploads and exports lie. Keys look like `exports/12/owls.zip`: relative, no `..`. */
export interface Storage {
  /** Stores the stream under `key`, whole or not at all. Returns what was written. */
  put(key: string, content: Readable): Promise<{ bytes: number; sha256: string }>
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
