import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import {
  dataDescriptor,
  directoryEntry,
  endOfDirectory,
  localHeader,
  type ZipEntry,
} from './zip-records.ts'

/** Answers compress tenfold at any level; a higher one costs time that somebody waits. */
export const LEVEL = 3

/** Content that is compressed already; `crc` and `size` are those of the plain content. */
export interface Deflated {
  crc: number
  size: number
  content: AsyncIterable<Buffer>
}

/** Each function is called when the member's turn comes. */
export type ZipMember =
  | { name: string; plain: () => AsyncIterable<Buffer> }
  | { name: string; deflated: () => Promise<Deflated> }

/** The members one after the other as one archive, in constant memory. What a member throws, the archive
 *  throws; an archive that is destroyed ends what it reads from. Our own because its check sums are
 *  native and members can be compressed beforehand: both make an export wait less. */
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
  for (const member of members) {
    const name = Buffer.from(member.name)
    const entry = { name, modified: new Date(), crc: 0, compressed: 0, size: 0, offset }
    yield passed(localHeader(entry))
    const content =
      'plain' in member ? deflate(member.plain(), entry) : copy(await member.deflated(), entry)
    for await (const chunk of content) {
      entry.compressed += chunk.length
      yield passed(chunk)
    }
    yield passed(dataDescriptor(entry))
    entries.push(entry)
  }
  const directory = Buffer.concat(entries.map(directoryEntry))
  yield Buffer.concat([directory, endOfDirectory(entries.length, offset, directory.length)])
}

type Sums = Pick<ZipEntry, 'crc' | 'size'>

async function* copy({ crc, size, content }: Deflated, sums: Sums): AsyncGenerator<Buffer> {
  Object.assign(sums, { crc, size })
  yield* content
}

/** Compresses the content and adds it up. */
async function* deflate(content: AsyncIterable<Buffer>, sums: Sums): AsyncGenerator<Buffer> {
  async function* measured(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      sums.crc = crc32(chunk, sums.crc)
      sums.size += chunk.length
      yield chunk
    }
  }
  const compressor = createDeflateRaw({ level: LEVEL, chunkSize: 64 * 1024 })
  // An error of the content destroys the compressor, and so ends the loop over it.
  pipeline(Readable.from(measured()), compressor, () => {})
  yield* compressor
}
