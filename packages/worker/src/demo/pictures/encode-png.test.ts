import { crc32, inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Bitmap } from './bitmap.ts'
import { encodePng } from './encode-png.ts'

/** Reads what the encoder writes, by the specification: unfiltered, 8 bits a channel. */
function decodePng(file: Buffer): Bitmap {
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    const body = file.subarray(at + 4, at + 8 + length)
    expect(file.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  const header = chunks.get('IHDR') ?? Buffer.alloc(0)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const channels = header[9] === 2 ? 3 : 1
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  const stride = width * channels
  const data = Buffer.concat(
    Array.from({ length: height }, (_, y) => {
      expect(rows[y * (stride + 1)]).toBe(0)
      return rows.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1))
    }),
  )
  return { width, height, channels, data: new Uint8Array(data) }
}

const bitmaps = fc
  .record({
    width: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 40 }),
    channels: fc.constantFrom(1 as const, 3 as const),
  })
  .chain((size) => {
    const length = size.width * size.height * size.channels
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((data): Bitmap => ({ ...size, data }))
  })

it('decodes back to the same picture', () => {
  fc.assert(
    fc.property(bitmaps, (bitmap) => {
      expect(decodePng(encodePng(bitmap))).toEqual({ ...bitmap, data: new Uint8Array(bitmap.data) })
    }),
  )
})
