import type { Progress } from '@manyhands/shared/projects/contract'
import { CountUp } from '../ui/count-up.tsx'
import { formatSeconds } from '../ui/numbers.ts'
import { ProgressRing } from '../ui/progress-ring.tsx'
import styles from './progress-figures.module.css'

interface ProgressFiguresProps {
  progress: Progress
  /** Whether the numbers move by themselves just now. */
  live: boolean
}

/** The state of a project as a ring with its numbers. */
export function ProgressFigures({ progress, live }: ProgressFiguresProps) {
  const { n_tasks, n_completed_tasks, n_task_runs, n_volunteers, average_time } = progress
  return (
    <div className={styles.figures}>
      <ProgressRing
        size={148}
        thickness={12}
        share={n_tasks > 0 ? n_completed_tasks / n_tasks : 0}
        label={`${progress.overall_progress} percent of the tasks are complete`}
      >
        <span className={styles.percent}>{progress.overall_progress}%</span>
        <span className={styles.small}>complete</span>
      </ProgressRing>
      <ul className={styles.list}>
        <li>
          <b>
            <CountUp to={n_completed_tasks} />
          </b>{' '}
          of <CountUp to={n_tasks} /> tasks
        </li>
        <li>
          <b>
            <CountUp to={n_task_runs} />
          </b>{' '}
          {n_task_runs === 1 ? 'answer' : 'answers'}
        </li>
        <li>
          <b>
            <CountUp to={n_volunteers} />
          </b>{' '}
          {n_volunteers === 1 ? 'person' : 'people'}
        </li>
        {average_time > 0 && (
          <li>
            <b>{formatSeconds(average_time)}</b> a task
          </li>
        )}
      </ul>
      <p className={styles.live} data-live={live}>
        <span aria-hidden="true" />
        {live ? 'Live' : 'Connecting'}
      </p>
    </div>
  )
}
