import type { DemoFile } from '../demo-project.ts'
import { cropBitmap, shrinkBitmap } from '../pictures/bitmap.ts'
import { decodeJpeg, encodeJpeg } from '../pictures/jpeg.ts'
import { boxOf, DETAILS } from './details.ts'
import { labelsOf, photographKey } from './photograph-tasks.ts'
import { PHOTOGRAPHS, readPhotograph } from './photographs.ts'

export const THUMBNAIL = 'demo/photographs/thumbnail.jpg'
/** A panorama: it is shown both as a card and as a wide band. */
const THUMBNAIL_OF = 'french-alpine-landscape'
const THUMBNAIL_WIDTH = 800

/** The photographs as they are, their details, and the project's thumbnail. */
export async function* listPhotographFiles(): AsyncIterable<DemoFile> {
  for (const photograph of PHOTOGRAPHS) {
    const file = await readPhotograph(photograph)
    yield { key: photographKey(photograph), content: file }
    if (!labelsOf(photograph).details) continue
    const picture = decodeJpeg(file)
    for (const detail of DETAILS) {
      const content = encodeJpeg(cropBitmap(picture, boxOf(picture, detail)))
      yield { key: photographKey(photograph, detail), content }
    }
    if (photograph.id === THUMBNAIL_OF) {
      yield { key: THUMBNAIL, content: encodeJpeg(shrinkBitmap(picture, THUMBNAIL_WIDTH)) }
    }
  }
}
