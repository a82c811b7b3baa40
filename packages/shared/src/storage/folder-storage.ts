import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { NotFoundError } from '../errors/errors.ts'
import { Measure } from './measure.ts'
import { isKey, type Storage } from './storage.ts'

/** Files in a local folder. */
export class FolderStorage implements Storage {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  async put(key: string, content: Readable): Promise<{ bytes: number; sha256: string }> {
    // A stream that breaks while nobody listens takes the process with it; the pipeline hears of it later.
    content.on('error', () => {})
    const target = this.#path(key)
    await mkdir(dirname(target), { recursive: true })
    // Beside the target, so that the rename is atomic: a reader sees all of it or nothing.
    const partial = `${target}.${randomUUID()}.partial`
    const measure = new Measure()
    try {
      await pipeline(content, measure, createWriteStream(partial, { flush: true }))
      await rename(partial, target)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
    return measure.result()
  }

  async open(key: string, range?: { start: number; end: number }): Promise<Readable> {
    await this.size(key)
    return createReadStream(this.#path(key), range)
  }

  async size(key: string): Promise<number> {
    try {
      return (await stat(this.#path(key))).size
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new NotFoundError('file', key)
      throw error
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true })
  }

  async removeFolder(folder: string): Promise<void> {
    await rm(this.#path(folder), { recursive: true, force: true })
  }

  #path(key: string): string {
    const path = normalize(join(this.#root, key))
    if (!isKey(key) || !path.startsWith(this.#root + sep)) throw new NotFoundError('file', key)
    return path
  }
}
