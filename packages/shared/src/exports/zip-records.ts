/** The records of a ZIP archive (APPNOTE.TXT 6.3.10, sections 4.3 and 4.4): deflated members of unknown
 *  size, names in UTF-8, 64-bit fields where a number needs them. */

export interface ZipEntry {
  name: Buffer
  modified: Date
  crc: number
  compressed: number
  size: number
  /** Where its local header begins. */
  offset: number
}

const FLAGS = 0x0808 // sizes follow the content; UTF-8
const DEFLATE = 8
const VERSION = 20
const VERSION_64 = 45
const MADE_BY = (3 << 8) | VERSION_64 // Unix
const REGULAR_FILE = (0o100644 << 16) >>> 0
const LIMIT_32 = 0xffffffff

type Field = [bytes: 2 | 4 | 8, value: number]

function record(fields: Field[], ...tail: Buffer[]): Buffer {
  const head = Buffer.alloc(fields.reduce((length, [bytes]) => length + bytes, 0))
  let at = 0
  for (const [bytes, value] of fields) {
    if (bytes === 8) head.writeBigUInt64LE(BigInt(value), at)
    else head.writeUIntLE(value, at, bytes)
    at += bytes
  }
  return Buffer.concat([head, ...tail])
}

export function localHeader({ name, modified }: Pick<ZipEntry, 'name' | 'modified'>): Buffer {
  return record(
    [
      [4, 0x04034b50],
      [2, VERSION],
      [2, FLAGS],
      [2, DEFLATE],
      ...moment(modified),
      [4, 0],
      [4, 0],
      [4, 0],
      [2, name.length],
      [2, 0],
    ],
    name,
  )
}

/** Follows the content. */
export function dataDescriptor({ crc, compressed, size }: ZipEntry): Buffer {
  const bytes = Math.max(compressed, size) >= LIMIT_32 ? 8 : 4
  return record([
    [4, 0x08074b50],
    [4, crc],
    [bytes, compressed],
    [bytes, size],
  ])
}

export function directoryEntry(entry: ZipEntry): Buffer {
  const { name, crc, compressed, size, offset, modified } = entry
  const large = Math.max(compressed, size, offset) >= LIMIT_32
  const extra = large
    ? record([
        [2, 0x0001],
        [2, 24],
        [8, size],
        [8, compressed],
        [8, offset],
      ])
    : Buffer.alloc(0)
  return record(
    [
      [4, 0x02014b50],
      [2, MADE_BY],
      [2, large ? VERSION_64 : VERSION],
      [2, FLAGS],
      [2, DEFLATE],
      ...moment(modified),
      [4, crc],
      [4, large ? LIMIT_32 : compressed],
      [4, large ? LIMIT_32 : size],
      [2, name.length],
      [2, extra.length],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, REGULAR_FILE],
      [4, large ? LIMIT_32 : offset],
    ],
    name,
    extra,
  )
}

/** Ends the archive. `offset`: where its directory of `bytes` bytes begins. */
export function endOfDirectory(entries: number, offset: number, bytes: number): Buffer {
  const large = offset >= LIMIT_32 || bytes >= LIMIT_32
  const end = record([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, entries],
    [2, entries],
    [4, large ? LIMIT_32 : bytes],
    [4, large ? LIMIT_32 : offset],
    [2, 0],
  ])
  return large ? Buffer.concat([endOfDirectory64(entries, offset, bytes), end]) : end
}

function endOfDirectory64(entries: number, offset: number, bytes: number): Buffer {
  const end = record([
    [4, 0x06064b50],
    [8, 44],
    [2, MADE_BY],
    [2, VERSION_64],
    [4, 0],
    [4, 0],
    [8, entries],
    [8, entries],
    [8, bytes],
    [8, offset],
  ])
  const locator = record([
    [4, 0x07064b50],
    [4, 0],
    [8, offset + bytes],
    [4, 1],
  ])
  return Buffer.concat([end, locator])
}

/** The format's own clock: two fields, seconds in twos, years from 1980. */
function moment(date: Date): Field[] {
  const time =
    (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  const day =
    ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  return [
    [2, time],
    [2, day],
  ]
}
