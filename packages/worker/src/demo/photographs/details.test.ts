import { expect, it } from 'vitest'
import { boxOf, detailsOf } from './details.ts'

it.each([
  { width: 1024, height: 717 },
  { width: 790, height: 1024 },
])('cuts $width × $height into six that leave nothing out', (picture) => {
  const details = detailsOf({ isPortrait: picture.height > picture.width })
  expect(details).toHaveLength(6)
  const boxes = details.map((detail) => boxOf(picture, detail))
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0)
  expect(area).toBe(picture.width * picture.height)
  for (const { left, top, width, height } of boxes) {
    expect(left + width).toBeLessThanOrEqual(picture.width)
    expect(top + height).toBeLessThanOrEqual(picture.height)
  }
})
