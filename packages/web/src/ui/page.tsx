import { type ReactNode, useEffect } from 'react'
import { classNames } from './class-names.ts'
import styles from './page.module.css'

export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Manyhands` : 'Manyhands'
  }, [title])
}

interface PageProps {
  title: string
  /** Shown instead of `title` as the heading, for pages whose heading is larger or hidden. */
  heading?: ReactNode
  width?: 'wide' | 'reading' | 'narrow'
  actions?: ReactNode
  lead?: ReactNode
  children: ReactNode
}

export function Page({ title, heading, width = 'wide', actions, lead, children }: PageProps) {
  useTitle(title)
  return (
    <div className={classNames(styles.page, styles[width])}>
      {heading === undefined ? (
        <div className={styles.head}>
          <div>
            <h1>{title}</h1>
            {lead && <p className={styles.lead}>{lead}</p>}
          </div>
          {actions}
        </div>
      ) : (
        heading
      )}
      {children}
    </div>
  )
}
