import { crc32, deflateSync } from 'node:zlib'
import type { Bitmap } from './bitmap.ts'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const COLOUR_TYPE = { 1: 0, 3: 2 }

/** A PNG file with 8 bits a channel, unfiltered, not interlaced. Source: PNG specification, third
 *  edition, sections 5 (chunks) and 11.2 (IHDR, IDAT, IEND). */
export function encodePng(bitmap: Bitmap): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(bitmap.width, 0)
  header.writeUInt32BE(bitmap.height, 4)
  header[8] = 8 // bits a channel
  header[9] = COLOUR_TYPE[bitmap.channels]
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(scanlines(bitmap), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Each row after a byte that names its filter: 0, none. */
function scanlines({ width, height, channels, data }: Bitmap): Buffer {
  const stride = width * channels
  const rows = Buffer.alloc((stride + 1) * height)
  for (let y = 0; y < height; y++) {
    rows.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1)
  }
  return rows
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
