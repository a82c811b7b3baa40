import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import {
  dataDescriptor,
  directoryEntry,
  endOfDirectory,
  localHeader,
  type ZipEntry,
} from './zip-records.ts'

export interface ZipMember {
  name: string
  /** Called when its turn comes. */
  content: () => AsyncIterable<Buffer>
}

/** Answers compress tenfold at any level; a higher one costs time that somebody waits. */
const LEVEL = 3

/** The members one after the other as one archive, in constant memory. What a member throws, the archive
 *  throws; an archive that is destroyed ends what it reads from. Our own because its check sums are
 *  native: those of the packages take a quarter of the time of an export. */
export function zip(members: ZipMember[]): Readable {
  return Readable.from(archive(members), { objectMode: false, highWaterMark: 256 * 1024 })
}

async function* archive(members: ZipMember[]): AsyncGenerator<Buffer> {
  const entries: ZipEntry[] = []
  let offset = 0
  const passed = (chunk: Buffer) => {
    offset += chunk.length
    return chunk
  }
  for (const { name, content } of members) {
    const entry = {
      name: Buffer.from(name),
      modified: new Date(),
      crc: 0,
      compressed: 0,
      size: 0,
      offset,
    }
    yield passed(localHeader(entry))
    for await (const chunk of deflate(content(), entry)) yield passed(chunk)
    yield passed(dataDescriptor(entry))
    entries.push(entry)
  }
  const directory = Buffer.concat(entries.map(directoryEntry))
  yield Buffer.concat([directory, endOfDirectory(entries.length, offset, directory.length)])
}

/** Compresses the content and fills in what the entry has to say of it. */
async function* deflate(
  content: AsyncIterable<Buffer>,
  entry: Pick<ZipEntry, 'crc' | 'compressed' | 'size'>,
): AsyncGenerator<Buffer> {
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      entry.crc = crc32(chunk, entry.crc)
      entry.size += chunk.length
      yield chunk
    }
  }
  const compressor = createDeflateRaw({ level: LEVEL, chunkSize: 64 * 1024 })
  // An error of the content destroys the compressor, and so ends the loop below with it.
  pipeline(Readable.from(measured()), compressor, () => {})
  for await (const chunk of compressor) {
    entry.compressed += chunk.length
    yield chunk
  }
}
