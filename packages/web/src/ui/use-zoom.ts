import { type RefObject, useEffect, useReducer, useRef } from 'react'
import { isKeyTaken } from './is-key-taken.ts'
import { FITTED, pan, type Zoom, zoomAt } from './zoom.ts'

const STEP = 1.4
const PAN_STEP = 60

interface Point {
  x: number
  y: number
}

type Action =
  | { type: 'fit' }
  | { type: 'pan'; by: Point }
  | { type: 'zoom'; factor: number; at: Point }

interface ZoomControls {
  zoom: Zoom
  zoomIn(): void
  zoomOut(): void
  fit(): void
}

/** Zoom and pan of one element by wheel, drag, pinch, double click and keys (+ − 0 and arrows). */
export function useZoom(frame: RefObject<HTMLElement | null>): ZoomControls {
  const [zoom, dispatch] = useReducer(
    (state: Zoom, action: Action) => reduce(state, action, frame.current),
    FITTED,
  )
  const zoomed = zoom.scale > 1
  usePointers(frame, dispatch)
  useKeys(zoomed, dispatch)
  return {
    zoom,
    zoomIn: () => dispatch({ type: 'zoom', factor: STEP, at: { x: 0, y: 0 } }),
    zoomOut: () => dispatch({ type: 'zoom', factor: 1 / STEP, at: { x: 0, y: 0 } }),
    fit: () => dispatch({ type: 'fit' }),
  }
}

function reduce(zoom: Zoom, action: Action, frame: HTMLElement | null): Zoom {
  const size = { width: frame?.clientWidth ?? 0, height: frame?.clientHeight ?? 0 }
  if (action.type === 'fit') return FITTED
  if (action.type === 'pan') return pan(zoom, action.by, size)
  return zoomAt(zoom, action.factor, action.at, size)
}

function useKeys(zoomed: boolean, dispatch: (action: Action) => void): void {
  useEffect(() => {
    const centre = { x: 0, y: 0 }
    const moves: Record<string, Point> = {
      ArrowLeft: { x: PAN_STEP, y: 0 },
      ArrowRight: { x: -PAN_STEP, y: 0 },
      ArrowUp: { x: 0, y: PAN_STEP },
      ArrowDown: { x: 0, y: -PAN_STEP },
    }
    const onKey = (event: KeyboardEvent) => {
      if (isKeyTaken(event)) return
      const by = moves[event.key]
      if (event.key === '+' || event.key === '=')
        dispatch({ type: 'zoom', factor: STEP, at: centre })
      else if (event.key === '-') dispatch({ type: 'zoom', factor: 1 / STEP, at: centre })
      else if (event.key === '0') dispatch({ type: 'fit' })
      else if (by && zoomed) dispatch({ type: 'pan', by })
      else return
      event.preventDefault()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [zoomed, dispatch])
}

function usePointers(frame: RefObject<HTMLElement | null>, dispatch: (action: Action) => void) {
  const pointers = useRef(new Map<number, Point>())
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const down = pointers.current
    const fromCentre = ({ x, y }: Point): Point => {
      const box = element.getBoundingClientRect()
      return { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 }
    }
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      const factor = Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0018))
      dispatch({ type: 'zoom', factor, at: fromCentre(event) })
    }
    const onDown = (event: PointerEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return
      element.setPointerCapture(event.pointerId)
      down.set(event.pointerId, { x: event.clientX, y: event.clientY })
    }
    const onMove = (event: PointerEvent) => {
      const before = down.get(event.pointerId)
      if (!before) return
      const now = { x: event.clientX, y: event.clientY }
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
      down.set(event.pointerId, now)
      if (other) {
        const factor = distance(now, other) / Math.max(1, distance(before, other))
        dispatch({ type: 'zoom', factor, at: fromCentre(middle(now, other)) })
      }
      const share = other ? 0.5 : 1
      dispatch({
        type: 'pan',
        by: { x: (now.x - before.x) * share, y: (now.y - before.y) * share },
      })
    }
    const onUp = (event: PointerEvent) => down.delete(event.pointerId)
    const onDouble = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('button')) return
      dispatch({ type: 'zoom', factor: event.shiftKey ? 1 / 2 : 2, at: fromCentre(event) })
    }
    const stop = new AbortController()
    const { signal } = stop
    // Not passive: the page must not scroll under a wheel that zooms.
    element.addEventListener('wheel', onWheel, { passive: false, signal })
    element.addEventListener('pointerdown', onDown, { signal })
    element.addEventListener('pointermove', onMove, { signal })
    element.addEventListener('pointerup', onUp, { signal })
    element.addEventListener('pointercancel', onUp, { signal })
    element.addEventListener('dblclick', onDouble, { signal })
    return () => stop.abort()
  }, [frame, dispatch])
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
const middle = (a: Point, b: Point) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
