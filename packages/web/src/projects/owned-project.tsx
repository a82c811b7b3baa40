import type { ProjectCard } from '@manyhands/shared/projects/contract'
import { Link } from '@tanstack/react-router'
import { parseWireTime } from '../api/wire-time.ts'
import { formatCount, plural } from '../ui/numbers.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import styles from './my-projects-page.module.css'
import { ProjectPicture } from './project-picture.tsx'

/** One row of the owner's list: state, progress, when somebody last answered. */
export function OwnedProject({ project }: { project: ProjectCard }) {
  const { name, short_name: shortName, published, progress, thumbnail_url } = project
  return (
    <li className={styles.row}>
      <div className={styles.picture}>
        <ProjectPicture name={name} url={thumbnail_url} />
      </div>
      <div className={styles.words}>
        <h2 className={styles.name}>
          <Link to="/project/$shortName/settings" params={{ shortName }}>
            {name}
          </Link>
        </h2>
        <p className={styles.muted}>
          {published ? 'Published' : 'Draft'} · {plural(progress.n_task_runs, 'answer')}
          {progress.last_activity && (
            <>
              {', the last '}
              <RelativeTime time={parseWireTime(progress.last_activity)} />
            </>
          )}
        </p>
      </div>
      <div className={styles.progress}>
        <ProgressBar
          value={progress.n_completed_tasks}
          max={progress.n_tasks}
          label={`Progress of ${name}`}
        />
        <p className={styles.muted}>
          {progress.n_tasks > 0
            ? `${formatCount(progress.n_completed_tasks)} of ${formatCount(progress.n_tasks)} tasks`
            : 'No tasks yet'}
        </p>
      </div>
    </li>
  )
}
