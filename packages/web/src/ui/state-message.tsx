import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'
import styles from './state-message.module.css'

interface StateMessageProps {
  /** One sentence: what is so. */
  title: string
  /** What was kept and what to do. */
  children?: ReactNode
  /** The one thing to do next. */
  action?: ReactNode
  /** Strokes of the hand in colour: 0 for what is missing, 5 for what is complete. */
  lit?: number
  level?: 'h1' | 'h2'
}

/** Empty, failed, offline, forbidden, not found: the hand, one sentence, one action. */
export function StateMessage({
  title,
  children,
  action,
  lit = 1,
  level = 'h2',
}: StateMessageProps) {
  const Heading = level
  return (
    <div className={styles.state}>
      <div className={styles.drawing}>
        <Mark size={72} lit={lit} drawn />
      </div>
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
