import styles from './progress-bar.module.css'

interface ProgressBarProps {
  /** 0 to `max`. */
  value: number
  max: number
  label: string
}

export function ProgressBar({ value, max, label }: ProgressBarProps) {
  const share = max > 0 ? Math.min(1, value / max) : 0
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
    >
      <div className={styles.bar} style={{ transform: `scaleX(${share})` }} />
    </div>
  )
}
