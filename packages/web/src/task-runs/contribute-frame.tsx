import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import styles from './contribute-frame.module.css'

interface ContributeFrameProps {
  shortName: string
  name?: string
  /** To the right of the project's name: progress, saved state, help. */
  tools?: ReactNode
  busy?: boolean
  children?: ReactNode
}

/** The whole screen for the work: a slim header and nothing else around it. */
export function ContributeFrame({ shortName, name, tools, busy, children }: ContributeFrameProps) {
  return (
    <div className={styles.frame}>
      <header className={styles.header}>
        <Link
          to="/project/$shortName"
          params={{ shortName }}
          className={styles.back}
          aria-label={`Leave, back to ${name ?? 'the project'}`}
        >
          <Icon name="arrow-left" size={22} />
        </Link>
        <h1 className={styles.name}>{name}</h1>
        <div className={styles.tools}>{tools}</div>
      </header>
      <main id="main" className={styles.main} aria-busy={busy} tabIndex={-1}>
        {busy ? (
          <div className={styles.waiting}>
            <Skeleton width="100%" height="100%" />
          </div>
        ) : (
          children
        )}
      </main>
    </div>
  )
}
