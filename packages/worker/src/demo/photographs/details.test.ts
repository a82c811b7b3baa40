import { expect, it } from 'vitest'
import { boxOf, DETAILS } from './details.ts'

it('cuts a picture into nine that leave nothing out', () => {
  const picture = { width: 1024, height: 717 }
  const boxes = DETAILS.map((detail) => boxOf(picture, detail))
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0)
  expect(area).toBe(picture.width * picture.height)
  for (const { left, top, width, height } of boxes) {
    expect(left + width).toBeLessThanOrEqual(picture.width)
    expect(top + height).toBeLessThanOrEqual(picture.height)
  }
})

it('names them like the squares of a board', () => {
  expect(DETAILS.map(({ id }) => id)).toEqual('a1 a2 a3 b1 b2 b3 c1 c2 c3'.split(' '))
})
