import { classNames } from './class-names.ts'
import styles from './mark.module.css'

/** The five strokes of the open hand, little finger first. The thumb is the visitor's own. */
export const MARK_STROKES = [
  'M10.6 19.4 5.4 13.6',
  'M12.8 16.2 9.6 6.4',
  'M16.8 15.2 17.6 4',
  'M20.6 16.6 24.8 7',
  'M22 24.6C24.6 23.4 26.8 21 28.4 17.8',
] as const

interface MarkProps {
  size?: number
  /** Strokes draw themselves once, for the moments worth celebrating. */
  drawn?: boolean
  /** How many strokes are in the volunteer's colour, from the thumb on. */
  lit?: number
}

export function Mark({ size = 28, drawn = false, lit = 1 }: MarkProps) {
  return (
    <svg
      viewBox="0 0 32 32"
      width={size}
      height={size}
      className={classNames(styles.mark, drawn && styles.drawn)}
      aria-hidden="true"
    >
      {MARK_STROKES.map((stroke, index) => (
        <path
          key={stroke}
          d={stroke}
          pathLength={1}
          className={index >= MARK_STROKES.length - lit ? styles.lit : undefined}
        />
      ))}
    </svg>
  )
}
