import type { ProjectCard } from '@manyhands/shared/projects/contract'
import { Link } from '@tanstack/react-router'
import { formatCount, formatSeconds, formatShort, plural } from '../ui/numbers.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { Skeleton, SkeletonText } from '../ui/skeleton.tsx'
import styles from './project-card.module.css'
import { ProjectPicture } from './project-picture.tsx'

/** A project as a card that leads to its page. */
export function ProjectCardLink({ project }: { project: ProjectCard }) {
  const { name, short_name, description, thumbnail_url, progress, done_by_me } = project
  const pace = formatSeconds(progress.average_time)
  return (
    <Link to="/project/$shortName" params={{ shortName: short_name }} className={styles.card}>
      <div className={styles.picture}>
        <ProjectPicture name={name} url={thumbnail_url} />
        {!project.published && <span className={styles.badge}>Draft</span>}
      </div>
      <div className={styles.body}>
        <h3 className={styles.name}>{name}</h3>
        <p className={styles.description}>{description}</p>
        <div className={styles.progress}>
          <ProgressBar
            value={progress.n_completed_tasks}
            max={progress.n_tasks}
            label={`Progress of ${name}`}
          />
          <p className={styles.facts}>
            <span>{tellProgress(progress)}</span>
            {done_by_me > 0 ? (
              <span className={styles.own}>you: {formatShort(done_by_me)}</span>
            ) : (
              pace && <span>{pace} each</span>
            )}
          </p>
        </div>
      </div>
    </Link>
  )
}

function tellProgress(progress: ProjectCard['progress']): string {
  const { n_tasks, n_completed_tasks, n_task_runs } = progress
  if (n_tasks === 0) return 'No tasks yet'
  // Each task wants several answers: at the beginning much is done and nothing complete.
  if (n_completed_tasks === 0 && n_task_runs > 0) return `${plural(n_task_runs, 'answer')} so far`
  if (n_completed_tasks >= n_tasks) return `All ${formatCount(n_tasks)} done`
  const write = n_tasks >= 1_000_000 ? formatShort : formatCount
  return `${write(n_completed_tasks)} of ${write(n_tasks)}`
}

export function ProjectCardSkeleton() {
  return (
    <div className={styles.card} aria-hidden="true">
      <div className={styles.picture}>
        <Skeleton width="100%" height="100%" borderRadius={0} />
      </div>
      <div className={styles.body}>
        <Skeleton width="70%" height={22} />
        <SkeletonText lines={2} />
        <div className={styles.progress}>
          <Skeleton width="100%" height={6} />
          <Skeleton width="40%" height={14} />
        </div>
      </div>
    </div>
  )
}
