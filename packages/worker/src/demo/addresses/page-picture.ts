import { type Bitmap, type Box, blankBitmap, enlargeBitmap } from '../pictures/bitmap.ts'
import { type Topic, topicOfWord } from './topics.ts'

type Colour = readonly [red: number, green: number, blue: number]

const PAPER: Colour = [250, 247, 240]
const INK: Colour = [198, 192, 180]
const COLOURS: Record<Topic, Colour> = {
  peace: [178, 58, 72],
  economy: [42, 111, 151],
  law: [109, 89, 122],
  society: [224, 142, 69],
  land: [74, 124, 89],
}
const SIZE = { width: 216, height: 135, margin: 12 }
const LETTER = { width: 2, height: 5, lineHeight: 9 }

/** A page of these texts seen from afar: each word a bar as long as the word, those that tell the topic in
 *  the topic's colour. Needs no font. */
export function drawPage(texts: string[]): Bitmap {
  const page = blankBitmap(SIZE.width, SIZE.height, 3)
  paint(page, { left: 0, top: 0, width: SIZE.width, height: SIZE.height }, PAPER)
  let left = SIZE.margin
  let top = SIZE.margin
  for (const word of texts.join(' ').split(/\s+/)) {
    const width = word.length * LETTER.width
    if (left + width > SIZE.width - SIZE.margin) {
      left = SIZE.margin
      top += LETTER.lineHeight
    }
    if (top + LETTER.height > SIZE.height - SIZE.margin) break
    const topic = topicOfWord(word)
    paint(page, { left, top, width, height: LETTER.height }, topic ? COLOURS[topic] : INK)
    left += width + LETTER.width * 2
  }
  return enlargeBitmap(page, 3)
}

function paint(page: Bitmap, box: Box, colour: Colour): void {
  for (let y = box.top; y < box.top + box.height; y++) {
    for (let x = box.left; x < box.left + box.width; x++) {
      page.data.set(colour, (y * page.width + x) * page.channels)
    }
  }
}
