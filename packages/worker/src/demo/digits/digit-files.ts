import type { DemoFile } from '../demo-project.ts'
import { type Bitmap, blankBitmap, enlargeBitmap, pasteBitmap } from '../pictures/bitmap.ts'
import { encodePng } from '../pictures/encode-png.ts'
import { DIGIT_SIZE, readDigitSamples } from './digit-samples.ts'
import { digitKey, listSamples, SAMPLES_PER_DIGIT } from './digit-tasks.ts'

export const THUMBNAIL = 'demo/digits/thumbnail.png'
/** Digits across and down on the thumbnail. */
const SHEET = { columns: 8, rows: 5 }

export async function* listDigitFiles(): AsyncIterable<DemoFile> {
  const samples = await Promise.all(
    Array.from({ length: 10 }, (_, digit) => readDigitSamples(digit, SAMPLES_PER_DIGIT)),
  )
  const pictures = listSamples().map(({ digit, at }) => {
    const picture = samples[digit]?.[at]
    if (!picture) throw new Error(`there is no sample ${at} of ${digit}`)
    return picture
  })
  for (const [n, picture] of pictures.entries()) {
    yield { key: digitKey(n), content: encodePng(picture) }
  }
  yield { key: THUMBNAIL, content: encodePng(enlargeBitmap(contactSheet(pictures), 3)) }
}

function contactSheet(pictures: Bitmap[]): Bitmap {
  const sheet = blankBitmap(SHEET.columns * DIGIT_SIZE, SHEET.rows * DIGIT_SIZE, 1)
  for (const [at, picture] of pictures.slice(0, SHEET.columns * SHEET.rows).entries()) {
    pasteBitmap(sheet, picture, {
      left: (at % SHEET.columns) * DIGIT_SIZE,
      top: Math.floor(at / SHEET.columns) * DIGIT_SIZE,
    })
  }
  return sheet
}
