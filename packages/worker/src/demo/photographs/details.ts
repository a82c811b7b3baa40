import type { Box } from '../pictures/bitmap.ts'

/** A piece of a photograph. Each is cut into six, three along its longer side. */
export interface Detail {
  /** Where it lies: a row letter and a column number. */
  id: string
  column: number
  row: number
}

/** Details in reading order. */
export function detailsOf(photograph: { isPortrait?: boolean }): Detail[] {
  const columns = photograph.isPortrait ? 2 : 3
  return Array.from({ length: 6 }, (_, at) => {
    const row = Math.floor(at / columns)
    const column = at % columns
    return { id: `${'abc'[row]}${column + 1}`, column, row }
  })
}

/** The pixels of a detail: neighbours touch, nothing is left out. */
export function boxOf(picture: { width: number; height: number }, detail: Detail): Box {
  const [columns, rows] = picture.height > picture.width ? [2, 3] : [3, 2]
  const left = Math.round((picture.width * detail.column) / columns)
  const top = Math.round((picture.height * detail.row) / rows)
  return {
    left,
    top,
    width: Math.round((picture.width * (detail.column + 1)) / columns) - left,
    height: Math.round((picture.height * (detail.row + 1)) / rows) - top,
  }
}
