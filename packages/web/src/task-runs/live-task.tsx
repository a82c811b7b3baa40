import type { Presenter } from '@manyhands/shared/presenters/contract'
import type { ProjectCard, ProjectPage } from '@manyhands/shared/projects/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { AnswerPanel } from '../presenters/answer-panel.tsx'
import { projectQueries } from '../projects/queries.ts'
import { buttonClass } from '../ui/button.tsx'
import { formatSeconds, plural } from '../ui/numbers.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { useAccount } from '../users/queries.ts'
import styles from './live-task.module.css'
import { SavedState } from './saved-state.tsx'
import { TaskStage } from './task-stage.tsx'
import { useAnswering } from './use-answering.ts'

/** A real task of a featured project, answered right on the home page. */
export function LiveTask({ projects }: { projects: ProjectCard[] | undefined }) {
  // Those with nothing to answer for this volunteer: their own presenter, or all answered.
  const [passed, setPassed] = useState<number[]>([])
  const pass = useCallback((id: number) => setPassed((ids) => [...ids, id]), [])
  const candidate = projects && orderForToday(projects).find(({ id }) => !passed.includes(id))
  const page = useQuery({
    ...projectQueries.page(candidate?.short_name ?? ''),
    enabled: candidate !== undefined,
  })
  if (projects && !candidate) return <AllDone />
  const project = page.data
  if (page.isError && candidate) return <Pass id={candidate.id} onPass={pass} />
  if (!project) return <LiveTaskSkeleton />
  if (!project.presenter || !project.may.contribute) return <Pass id={project.id} onPass={pass} />
  return <LiveCard key={project.id} project={project} presenter={project.presenter} onPass={pass} />
}

/** Featured ones first, turned by the day: the same for everybody and stable over a reload. */
function orderForToday(projects: ProjectCard[]): ProjectCard[] {
  const open = projects.filter(({ progress }) => progress.n_completed_tasks < progress.n_tasks)
  const featured = open.filter((project) => project.featured)
  const first = Math.floor(Date.now() / 86_400_000) % Math.max(1, featured.length)
  const others = open.filter((project) => !project.featured)
  return [...featured.slice(first), ...featured.slice(0, first), ...others]
}

function Pass({ id, onPass }: { id: number; onPass(id: number): void }) {
  useEffect(() => onPass(id), [id, onPass])
  return <LiveTaskSkeleton />
}

interface LiveCardProps {
  project: ProjectPage
  presenter: Presenter
  onPass(id: number): void
}

function LiveCard({ project, presenter, onPass }: LiveCardProps) {
  const answering = useAnswering(project, presenter)
  const { state, answered } = answering
  const account = useAccount()
  if (state.phase === 'empty' && answered.length === 0)
    return <Pass id={project.id} onPass={onPass} />
  const pace = formatSeconds(project.progress.average_time)
  return (
    <article className={styles.card} aria-label={`A task from ${project.name}`}>
      <p className={styles.from}>
        From{' '}
        <Link to="/project/$shortName" params={{ shortName: project.short_name }}>
          {project.name}
        </Link>
        <SavedState answered={answered.length} />
      </p>
      <div className={styles.stage}>
        {state.phase === 'empty' || state.phase === 'failed' ? (
          <p className={styles.pause}>
            {state.phase === 'empty'
              ? 'That was all of this project for now. Thank you.'
              : 'The next task could not be fetched just now.'}
          </p>
        ) : (
          <TaskStage presenter={presenter} answering={answering} />
        )}
      </div>
      <div className={styles.ask}>
        <h2 className={styles.question}>{presenter.question}</h2>
        {state.current && (
          <AnswerPanel presenter={presenter} onAnswer={answering.answer} keys={false} />
        )}
        <div className={styles.under}>
          <p className="tabular">
            {answered.length > 0
              ? `${plural(answered.length, 'answer')} given. One more?`
              : `${account ? '' : 'No account needed. '}${pace ? `About ${pace}.` : ''}`}
          </p>
          <Link
            to="/project/$shortName/newtask"
            params={{ shortName: project.short_name }}
            className={buttonClass({ kind: 'quiet' })}
          >
            Full screen
          </Link>
        </div>
      </div>
    </article>
  )
}

function AllDone() {
  return (
    <div className={styles.card}>
      <p className={styles.pause}>
        Every open task has been answered for now. Thank you, all of you.
      </p>
    </div>
  )
}

function LiveTaskSkeleton() {
  return (
    <div className={styles.card} aria-busy="true">
      <div className={styles.from}>
        <Skeleton width="60%" height={16} />
      </div>
      <div className={styles.stage}>
        <Skeleton width="100%" height="100%" borderRadius={0} />
      </div>
      <div className={styles.ask}>
        <Skeleton width="80%" height={26} />
        <Skeleton width="100%" height={54} />
        <Skeleton width="100%" height={54} />
      </div>
    </div>
  )
}
