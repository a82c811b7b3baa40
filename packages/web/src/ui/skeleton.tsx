import type { CSSProperties } from 'react'
import styles from './skeleton.module.css'

/** A grey shape of what is coming. Decoration: the region around it says that it is busy. */
export function Skeleton(size: Pick<CSSProperties, 'width' | 'height' | 'borderRadius'>) {
  return <span className={styles.skeleton} style={size} aria-hidden="true" />
}

export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <span className={styles.text}>
      {Array.from({ length: lines - 1 }, (_, index) => `line ${index}`).map((line) => (
        <Skeleton key={line} height={14} width="100%" />
      ))}
      <Skeleton height={14} width="60%" />
    </span>
  )
}
