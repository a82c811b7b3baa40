import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ProjectCardLink } from '../projects/project-card.tsx'
import { projectQueries } from '../projects/queries.ts'
import { readInfo } from '../tasks/task-info.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Mark } from '../ui/mark.tsx'
import { formatCount, formatSeconds, plural } from '../ui/numbers.ts'
import { useAccount } from '../users/queries.ts'
import styles from './finish-screen.module.css'
import type { Answering } from './use-answering.ts'

interface FinishScreenProps {
  project: ProjectPage
  presenter: Presenter
  answering: Answering
  /** Milliseconds since 1970. */
  startedAt: number
}

/** Nothing is left for this volunteer: what they did, and where else a hand is needed. */
export function FinishScreen({ project, presenter, answering, startedAt }: FinishScreenProps) {
  const { answered, state, queue } = answering
  const account = useAccount()
  const isFirstLook = answered.length === 0
  return (
    <div className={styles.finish}>
      <Mark size={96} lit={5} drawn />
      <h2 className={styles.title}>
        {isFirstLook ? 'Nothing is waiting for you here' : 'That was the last one. Thank you.'}
      </h2>
      <p className={styles.lead}>
        {isFirstLook
          ? `You have answered all that ${project.name} has for you now. Others may still be at work.`
          : `You gave ${plural(answered.length, 'answer')} in ${spent(startedAt)}. They count as much as anybody's.`}
      </p>
      {state.skipped > 0 ? (
        <Button kind="main" size="large" onClick={() => queue.returnToSkipped()}>
          Back to the {state.skipped === 1 ? 'one' : formatCount(state.skipped)} you skipped
        </Button>
      ) : (
        <Button onClick={() => void queue.retry()}>Look again</Button>
      )}
      {!isFirstLook && presenter.stimulus.kind === 'image' && (
        <ul className={styles.gallery} aria-label="What you looked at">
          {answered.slice(-12).map((task) => (
            <li key={task.id}>
              <img src={readInfo(task, presenter.stimulus.field)} alt="" loading="lazy" />
            </li>
          ))}
        </ul>
      )}
      <div className={styles.next}>
        {account === null && !isFirstLook && <KeepCredit />}
        <NextProject after={project} />
      </div>
    </div>
  )
}

function KeepCredit() {
  return (
    <section className={styles.keep}>
      <h3>Keep your answers under your name</h3>
      <p>Make an account now and what you answered in this browser becomes part of it.</p>
      <Link to="/account/register" className={buttonClass({ kind: 'main' })}>
        Make an account
      </Link>
    </section>
  )
}

function NextProject({ after }: { after: ProjectPage }) {
  const { data } = useQuery(projectQueries.list({ sort: 'needs_help', limit: 10 }))
  const next = data?.items.find(
    ({ id, progress }) => id !== after.id && progress.n_completed_tasks < progress.n_tasks,
  )
  if (!next) return null
  return (
    <section>
      <h3 className={styles.nextTitle}>A hand is needed here too</h3>
      <ProjectCardLink project={next} />
    </section>
  )
}

function spent(startedAt: number): string {
  return formatSeconds((Date.now() - startedAt) / 1000) ?? 'a moment'
}
