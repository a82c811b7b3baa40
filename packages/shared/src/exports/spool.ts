import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Text that is written first and read afterwards, on disk. The file has no name from the start, so
 *  that it is gone when the process is, however that ends. */
export class Spool {
  readonly #file: FileHandle

  private constructor(file: FileHandle) {
    this.#file = file
  }

  static async open(): Promise<Spool> {
    const path = join(tmpdir(), `manyhands-${crypto.randomUUID()}`)
    const file = await open(path, 'wx+', 0o600)
    await unlink(path)
    return new Spool(file)
  }

  async write(text: string): Promise<void> {
    await this.#file.appendFile(text)
  }

  /** All that was written. */
  read(): Readable {
    return this.#file.createReadStream({ start: 0, autoClose: false, highWaterMark: 256 * 1024 })
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}
