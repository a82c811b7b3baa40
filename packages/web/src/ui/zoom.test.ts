import { expect, it } from 'vitest'
import { FITTED, LARGEST, pan, zoomAt } from './zoom.ts'

const size = { width: 400, height: 200 }

it('keeps the point under the fingers where it is', () => {
  const at = { x: 100, y: 50 }
  const zoomed = zoomAt(FITTED, 2, at, size)
  // The point of the picture that was at (100, 50) is there still.
  expect({ x: at.x * zoomed.scale + zoomed.x, y: at.y * zoomed.scale + zoomed.y }).toEqual(at)
})

it('never shows less than the whole picture or more than there is to see', () => {
  expect(zoomAt(FITTED, 0.1, { x: 30, y: 0 }, size)).toEqual(FITTED)
  expect(zoomAt(FITTED, 1000, { x: 0, y: 0 }, size).scale).toBe(LARGEST)
})

it('does not let the picture leave its frame', () => {
  const zoomed = zoomAt(FITTED, 2, { x: 0, y: 0 }, size)
  expect(pan(zoomed, { x: 9999, y: -9999 }, size)).toEqual({ scale: 2, x: 200, y: -100 })
})
