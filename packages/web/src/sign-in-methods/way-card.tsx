import { type ReactNode, useId } from 'react'
import styles from './security-section.module.css'

interface WayCardProps {
  title: string
  /** What it is good for, and how it stands. */
  about: ReactNode
  children: ReactNode
}

/** One way in, with what can be done about it. */
export function WayCard({ title, about, children }: WayCardProps) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p className={styles.about}>{about}</p>
      {children}
    </section>
  )
}
