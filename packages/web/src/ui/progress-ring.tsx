import type { ReactNode } from 'react'
import styles from './progress-ring.module.css'

interface ProgressRingProps {
  /** 0 to 1. */
  share: number
  size: number
  thickness?: number
  label: string
  children?: ReactNode
}

export function ProgressRing({ share, size, thickness = 4, label, children }: ProgressRingProps) {
  const radius = (size - thickness) / 2
  const filled = Math.max(0, Math.min(1, share))
  return (
    <div
      className={styles.ring}
      style={{ width: size, height: size }}
      role="img"
      aria-label={label}
    >
      <svg viewBox={`0 0 ${size} ${size}`} width={size} height={size} aria-hidden="true">
        <circle
          className={styles.track}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeWidth={thickness}
        />
        <circle
          className={styles.fill}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeWidth={thickness}
          pathLength={1}
          strokeDasharray={`${filled} 1`}
          // A round cap of length 0 would show a dot where there is no progress yet.
          strokeLinecap={filled > 0 ? 'round' : 'butt'}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      </svg>
      <div className={styles.middle} aria-hidden="true">
        {children}
      </div>
    </div>
  )
}
