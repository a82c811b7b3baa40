/** Scale 1 fits the frame; `x` and `y` move the middle of the picture, in pixels of the frame. */
export interface Zoom {
  scale: number
  x: number
  y: number
}

interface Size {
  width: number
  height: number
}

export const FITTED: Zoom = { scale: 1, x: 0, y: 0 }
export const LARGEST = 12

/** Zooms so that the point under the fingers (from the middle of the frame) stays where it is. */
export function zoomAt(zoom: Zoom, factor: number, at: { x: number; y: number }, size: Size): Zoom {
  const scale = Math.min(LARGEST, Math.max(1, zoom.scale * factor))
  if (scale === 1) return FITTED
  const grown = scale / zoom.scale
  return inside(
    { scale, x: at.x - (at.x - zoom.x) * grown, y: at.y - (at.y - zoom.y) * grown },
    size,
  )
}

export function pan(zoom: Zoom, by: { x: number; y: number }, size: Size): Zoom {
  return inside({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, size)
}

/** The picture never leaves the frame. */
function inside({ scale, x, y }: Zoom, { width, height }: Size): Zoom {
  const farX = ((scale - 1) * width) / 2
  const farY = ((scale - 1) * height) / 2
  return {
    scale,
    x: Math.min(farX, Math.max(-farX, x)),
    y: Math.min(farY, Math.max(-farY, y)),
  }
}
