import { expect, it } from 'vitest'
import {
  type Bitmap,
  blankBitmap,
  cropBitmap,
  enlargeBitmap,
  pasteBitmap,
  shrinkBitmap,
} from './bitmap.ts'

/** A grey picture from rows of single digits. */
function grey(...rows: string[]): Bitmap {
  const data = Uint8Array.from(rows.join(''), Number)
  return { width: rows[0]?.length ?? 0, height: rows.length, channels: 1, data }
}

const picture = grey('0123', '4567', '8999')

it('crops', () => {
  expect(cropBitmap(picture, { left: 1, top: 1, width: 2, height: 2 })).toEqual(grey('56', '99'))
})

it('crops pixels of three channels whole', () => {
  const colours: Bitmap = { ...grey('123456'), width: 2, height: 1, channels: 3 }
  const cropped = cropBitmap(colours, { left: 1, top: 0, width: 1, height: 1 })
  expect([...cropped.data]).toEqual([4, 5, 6])
})

it('pastes, and leaves out what falls outside', () => {
  const target = blankBitmap(4, 3, 1, 0)
  pasteBitmap(target, grey('12', '34'), { left: 3, top: -1 })
  expect(target).toEqual(grey('0003', '0000', '0000'))
})

it('enlarges each pixel to a square', () => {
  expect(enlargeBitmap(grey('12'), 2)).toEqual(grey('1122', '1122'))
})

it('shrinks to means', () => {
  expect(shrinkBitmap(grey('0044', '2266'), 2)).toEqual(grey('15'))
})
