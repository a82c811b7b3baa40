import { useEffect, useRef, useState } from 'react'
import { formatCount } from './numbers.ts'

const DURATION_MS = 600

/** A number that counts to its new value when it changes; at once under reduced motion. */
export function CountUp({ to }: { to: number }) {
  const [shown, setShown] = useState(to)
  const from = useRef(to)
  useEffect(() => {
    const start = from.current
    from.current = to
    if (start === to || matchMedia('(prefers-reduced-motion: reduce)').matches) return setShown(to)
    const began = performance.now()
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, Math.max(0, (now - began) / DURATION_MS))
      setShown(Math.round(start + (to - start) * (1 - (1 - share) ** 3)))
      if (share < 1) frame = requestAnimationFrame(step)
    })
    return () => cancelAnimationFrame(frame)
  }, [to])
  return <span className="tabular">{formatCount(shown)}</span>
}
