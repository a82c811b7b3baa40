import jpeg from 'jpeg-js'
import type { Bitmap } from './bitmap.ts'

const QUALITY = 86

/** Throws when the file is no JPEG. */
export function decodeJpeg(file: Uint8Array): Bitmap {
  const { width, height, data } = jpeg.decode(file, { useTArray: true, formatAsRGBA: false })
  return { width, height, channels: 3, data }
}

/** Throws for a grey picture: nobody here needs one. */
export function encodeJpeg({ width, height, channels, data }: Bitmap): Buffer {
  if (channels !== 3) throw new Error('a JPEG needs three channels')
  // The encoder wants a fourth channel, which it drops.
  const rgba = new Uint8Array(width * height * 4)
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba[to] = data[from] ?? 0
    rgba[to + 1] = data[from + 1] ?? 0
    rgba[to + 2] = data[from + 2] ?? 0
  }
  return jpeg.encode({ width, height, data: rgba }, QUALITY).data
}
