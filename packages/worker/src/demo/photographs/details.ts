import type { Box } from '../pictures/bitmap.ts'

/** A piece of a photograph: one of nine, three in each of three rows. */
export interface Detail {
  /** Where it lies: a row letter and a column number. */
  id: string
  column: number
  row: number
}

const SIDE = 3

/** In reading order. */
export const DETAILS: readonly Detail[] = Array.from({ length: SIDE * SIDE }, (_, at) => {
  const row = Math.floor(at / SIDE)
  const column = at % SIDE
  return { id: `${'abc'[row]}${column + 1}`, column, row }
})

/** The pixels of a detail: neighbours touch, nothing is left out. */
export function boxOf(picture: { width: number; height: number }, { column, row }: Detail): Box {
  const left = Math.round((picture.width * column) / SIDE)
  const top = Math.round((picture.height * row) / SIDE)
  return {
    left,
    top,
    width: Math.round((picture.width * (column + 1)) / SIDE) - left,
    height: Math.round((picture.height * (row + 1)) / SIDE) - top,
  }
}
