import { z } from 'zod'
import { readPackaged } from '../packaged-file.ts'
import type { Bitmap } from '../pictures/bitmap.ts'

/** Pixels on each side. */
export const DIGIT_SIZE = 28
const PIXELS = DIGIT_SIZE * DIGIT_SIZE
const Samples = z.object({ data: z.array(z.number().min(0).max(1)) })

/** The first `count` handwritten samples of one digit: ink on paper. In the package 1 is ink; we want the
 *  page white. */
export async function readDigitSamples(digit: number, count: number): Promise<Bitmap[]> {
  const text = await readPackaged('mnist', `src/digits/${digit}.json`)
  const { data } = Samples.parse(firstNumbers(text, count * PIXELS))
  return Array.from({ length: count }, (_, at) => ({
    width: DIGIT_SIZE,
    height: DIGIT_SIZE,
    channels: 1 as const,
    data: Uint8Array.from(data.slice(at * PIXELS, (at + 1) * PIXELS), (ink) => 255 - ink * 255),
  }))
}

/** The file's beginning as JSON of its own: all of it would be a thousand samples, two megabytes. */
function firstNumbers(file: Buffer, count: number): unknown {
  let end = file.indexOf('[') + 1
  for (let seen = 0; seen < count && end > 0; seen++) end = file.indexOf(',', end) + 1
  if (end <= 0) throw new Error('mnist: there are fewer samples than asked for')
  return JSON.parse(`${file.toString('utf8', 0, end - 1)}]}`)
}
