/** A picture in memory: `channels` bytes for each pixel, row by row; 1 is grey, 3 is red, green, blue. */
export interface Bitmap {
  width: number
  height: number
  channels: 1 | 3
  data: Uint8Array
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** A blank picture of one brightness, 0 (black) to 255. */
export function blankBitmap(
  width: number,
  height: number,
  channels: 1 | 3,
  brightness = 255,
): Bitmap {
  const data = new Uint8Array(width * height * channels).fill(brightness)
  return { width, height, channels, data }
}

/** The part of a picture inside `box`, which must lie within it. */
export function cropBitmap(source: Bitmap, box: Box): Bitmap {
  const target = blankBitmap(box.width, box.height, source.channels)
  pasteBitmap(target, source, { left: -box.left, top: -box.top })
  return target
}

/** Copies `source` into `target` at a place; what falls outside is left out. */
export function pasteBitmap(
  target: Bitmap,
  source: Bitmap,
  at: { left: number; top: number },
): void {
  const { channels } = target
  const left = Math.max(at.left, 0)
  const right = Math.min(at.left + source.width, target.width)
  for (let y = Math.max(at.top, 0); y < Math.min(at.top + source.height, target.height); y++) {
    const from = ((y - at.top) * source.width + left - at.left) * channels
    const row = source.data.subarray(from, from + (right - left) * channels)
    target.data.set(row, (y * target.width + left) * channels)
  }
}

/** Every pixel becomes a square of `factor` × `factor`. */
export function enlargeBitmap(source: Bitmap, factor: number): Bitmap {
  const { channels } = source
  const target = blankBitmap(source.width * factor, source.height * factor, channels)
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++) {
      const from = (Math.floor(y / factor) * source.width + Math.floor(x / factor)) * channels
      const pixel = source.data.subarray(from, from + channels)
      target.data.set(pixel, (y * target.width + x) * channels)
    }
  }
  return target
}

/** A smaller picture of `width` pixels with the same proportions: each pixel is the mean of those it
 *  stands for. */
export function shrinkBitmap(source: Bitmap, width: number): Bitmap {
  const { channels } = source
  const scale = source.width / width
  const target = blankBitmap(width, Math.round(source.height / scale), channels)
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < channels; c++) {
        target.data[(y * width + x) * channels + c] = mean(source, c, {
          left: Math.floor(x * scale),
          top: Math.floor(y * scale),
          width: Math.ceil(scale),
          height: Math.ceil(scale),
        })
      }
    }
  }
  return target
}

function mean(source: Bitmap, channel: number, box: Box): number {
  let sum = 0
  let count = 0
  for (let y = box.top; y < Math.min(box.top + box.height, source.height); y++) {
    for (let x = box.left; x < Math.min(box.left + box.width, source.width); x++) {
      sum += source.data[(y * source.width + x) * source.channels + channel] ?? 0
      count++
    }
  }
  return sum / count
}
