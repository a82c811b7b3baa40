import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { parseWireTime } from '../api/wire-time.ts'
import { ProgressFigures } from '../stats/progress-figures.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { plural } from '../ui/numbers.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toasts.tsx'
import { DraftChecklist } from './draft-checklist.tsx'
import { useManagedProject } from './managed-project.tsx'
import styles from './overview-page.module.css'

/** Settings, Overview: a checklist while a draft, then the pulse of the work. */
export function OverviewPage() {
  const project = useManagedProject()
  const [wasDraft] = useState(!project.published)
  if (!project.published) return <DraftChecklist project={project} />
  const { progress, short_name: shortName } = project
  return (
    <div className={styles.overview}>
      {wasDraft && (
        <section className={styles.celebration}>
          <Mark size={72} lit={5} drawn />
          <div>
            <h2>It is open to everybody</h2>
            <p className={styles.muted}>Now it needs its first hands: send somebody the address.</p>
          </div>
        </section>
      )}
      <section className={styles.figures} aria-label="Progress">
        <ProgressFigures progress={progress} live />
      </section>
      <section className={styles.card}>
        <h2 className={styles.title}>Just now</h2>
        <p className={styles.pulse} role="status">
          <Pulse answers={progress.n_task_runs} />
        </p>
        <p className={styles.muted}>
          {progress.last_activity ? (
            <>
              Last answer <RelativeTime time={parseWireTime(progress.last_activity)} />.
            </>
          ) : (
            'Nobody has answered yet. Share the address of the project.'
          )}
        </p>
        <div className={styles.actions}>
          <Link
            to="/project/$shortName/settings/export"
            params={{ shortName }}
            className={buttonClass({ kind: 'main' })}
          >
            Export answers
          </Link>
          <Link
            to="/project/$shortName/settings/import"
            params={{ shortName }}
            className={buttonClass()}
          >
            Add tasks
          </Link>
        </div>
      </section>
      <ShareCard shortName={shortName} />
    </div>
  )
}

function ShareCard({ shortName }: { shortName: string }) {
  const address = `${location.origin}/project/${encodeURIComponent(shortName)}`
  const copy = async () => {
    await navigator.clipboard.writeText(address)
    toast('Address copied')
  }
  return (
    <section className={styles.card}>
      <h2 className={styles.title}>Invite people</h2>
      <p className={styles.muted}>Whoever has the address can help, without an account.</p>
      <p className={styles.address}>{address}</p>
      <Button icon="copy" onClick={() => void copy()}>
        Copy the address
      </Button>
    </section>
  )
}

/** Answers that came in while the owner watches: small, true and moving. */
function Pulse({ answers }: { answers: number }) {
  const first = useRef(answers)
  const [since] = useState(() => new Date())
  // Deleted test answers make the number smaller: count from there on.
  useEffect(() => {
    first.current = Math.min(first.current, answers)
  }, [answers])
  const came = Math.max(0, answers - first.current)
  return (
    <>
      {plural(came, 'answer')} since you opened this page at{' '}
      {since.toLocaleTimeString(undefined, { timeStyle: 'short' })}
    </>
  )
}
