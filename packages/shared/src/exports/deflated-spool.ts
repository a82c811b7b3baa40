import { once } from 'node:events'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib'
import { type Deflated, LEVEL } from './zip.ts'

const CHUNK_BYTES = 64 * 1024

/** Text that is written first and read afterwards, compressed, on disk: a member of an archive that is
 *  made beside the one before it. The file has no name from the start, so that it is gone when the
 *  process is, however that ends. */
export class DeflatedSpool {
  readonly #file: FileHandle
  readonly #compressor: DeflateRaw
  readonly #written: Promise<void>
  #crc = 0
  #size = 0

  private constructor(file: FileHandle) {
    this.#file = file
    this.#compressor = createDeflateRaw({ level: LEVEL })
    this.#written = writeAll(file, this.#compressor)
    // Whoever writes or finishes is told.
    this.#written.catch(() => {})
  }

  static async open(): Promise<DeflatedSpool> {
    const path = join(tmpdir(), `manyhands-${crypto.randomUUID()}`)
    const file = await open(path, 'wx+', 0o600)
    await unlink(path)
    return new DeflatedSpool(file)
  }

  async write(text: string): Promise<void> {
    if (text === '') return
    const chunk = Buffer.from(text)
    this.#crc = crc32(chunk, this.#crc)
    this.#size += chunk.length
    if (this.#compressor.write(chunk)) return
    await Promise.race([once(this.#compressor, 'drain'), this.#written])
  }

  /** All that was written. Nothing can be written any more. */
  async finish(): Promise<Deflated> {
    this.#compressor.end()
    await this.#written
    return { crc: this.#crc, size: this.#size, content: readAll(this.#file) }
  }

  async close(): Promise<void> {
    this.#compressor.destroy()
    await this.#written.catch(() => {})
    await this.#file.close()
  }
}

// Not the streams of the file: those keep it open for as long as they are not destroyed.
async function writeAll(file: FileHandle, content: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of content) await file.appendFile(chunk)
}

async function* readAll(file: FileHandle): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(CHUNK_BYTES), position })
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
}
