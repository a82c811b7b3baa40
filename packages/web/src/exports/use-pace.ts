import type { Export } from '@manyhands/shared/exports/contract'
import { useEffect, useRef, useState } from 'react'
import { formatSeconds, formatShort } from '../ui/numbers.ts'

/** Shorter observations say nothing about the pace. */
const LEAST_MS = 800

/** "2,400 rows a second, 12 seconds left", from what was seen since the row came onto the page. */
export function usePace({ rows_done, rows_total, state }: Export): string | null {
  const first = useRef<{ rows: number; at: number } | null>(null)
  const [pace, setPace] = useState<string | null>(null)
  useEffect(() => {
    if (state !== 'running' || rows_total === null) return
    const now = performance.now()
    first.current ??= { rows: rows_done, at: now }
    const elapsed = now - first.current.at
    const rate = ((rows_done - first.current.rows) / elapsed) * 1000
    if (elapsed < LEAST_MS || !(rate > 0)) return
    const left = formatSeconds((rows_total - rows_done) / rate)
    setPace(`${formatShort(Math.round(rate))} rows a second${left ? `, ${left} left` : ''}`)
  }, [rows_done, rows_total, state])
  return pace
}
