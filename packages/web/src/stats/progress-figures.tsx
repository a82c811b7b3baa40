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
      <dl className={styles.list}>
        <div>
          <dt>Tasks</dt>
          <dd>
            <CountUp to={n_completed_tasks} /> <span className={styles.of}>of</span> <CountUp to={n_tasks} />
          </dd>
        </div>
        <div>
          <dt>Answers</dt>
          <dd>
            <CountUp to={n_task_runs} />
          </dd>
        </div>
        <div>
          <dt>People</dt>
          <dd>
            <CountUp to={n_volunteers} />
          </dd>
        </div>
        {average_time > 0 && (
          <div>
            <dt>One task takes</dt>
            <dd>{formatSeconds(average_time)}</dd>
          </div>
        )}
      </dl>
      <p className={styles.live} data-live={live}>
        <span aria-hidden="true" />
        {live ? 'Live' : 'Connecting'}
      </p>
    </div>
  )
}
