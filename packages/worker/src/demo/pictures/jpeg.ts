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
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
  }
  return jpeg.encode({ width, height, data: rgba }, QUALITY).data
}
