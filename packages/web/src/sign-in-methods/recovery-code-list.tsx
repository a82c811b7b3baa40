import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { CopyButton } from './copy-button.tsx'
import styles from './security-section.module.css'

interface RecoveryCodeListProps {
  codes: string[]
  onKept: () => void
}

/** What opens the account when the app is lost. It cannot be shown again. */
export function RecoveryCodeList({ codes, onKept }: RecoveryCodeListProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // The form that had the focus is gone: whoever listens hears what came in its place.
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className={styles.form}>
      <h4 ref={heading} tabIndex={-1} className={styles.name}>
        Your recovery codes
      </h4>
      <p>
        Keep them somewhere safe: each opens your account once when you do not have the app. We
        cannot show them again.
      </p>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <CopyButton text={codes.join('\n')} what="Recovery codes" />
        <Button kind="main" onClick={onKept}>
          I have kept them
        </Button>
      </div>
    </div>
  )
}
