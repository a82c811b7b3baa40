import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Icon } from '../ui/icon.tsx'
import { formatCount } from '../ui/numbers.ts'
import { ProgressBar } from '../ui/progress-bar.tsx'
import styles from './continue-row.module.css'
import { ProjectPicture } from './project-picture.tsx'
import { projectQueries } from './queries.ts'

/** Where this volunteer has answered and something is left; nothing at all for a first visit. */
export function ContinueRow() {
  const { data } = useQuery(projectQueries.list({ scope: 'contributed', limit: 6 }))
  const open = data?.items.filter(
    ({ published, done_by_me, progress }) =>
      published && done_by_me > 0 && progress.n_completed_tasks < progress.n_tasks,
  )
  if (!open?.length) return null
  return (
    <section className={styles.section}>
      <h2>Go on where you stopped</h2>
      <ul className={styles.row}>
        {open.slice(0, 3).map(({ id, name, short_name, thumbnail_url, done_by_me, progress }) => (
          <li key={id}>
            <Link
              to="/project/$shortName/newtask"
              params={{ shortName: short_name }}
              className={styles.card}
            >
              <span className={styles.picture}>
                <ProjectPicture name={name} url={thumbnail_url} />
              </span>
              <span className={styles.words}>
                <b className={styles.name}>{name}</b>
                <ProgressBar
                  value={done_by_me}
                  max={progress.n_tasks}
                  label={`Your part of ${name}`}
                />
                <span className={styles.facts}>
                  You: {formatCount(done_by_me)} of {formatCount(progress.n_tasks)}
                </span>
              </span>
              <Icon name="arrow-right" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
