import type { ProjectPage } from '@manyhands/shared/projects/contract'
import { Link } from '@tanstack/react-router'
import { buttonClass } from '../ui/button.tsx'
import { formatSeconds, plural } from '../ui/numbers.ts'
import { useAccount } from '../users/queries.ts'
import styles from './start-action.module.css'

/** The one big thing to do on a project's page; at the bottom of the screen on phones. */
export function StartAction({ project }: { project: ProjectPage }) {
  const account = useAccount()
  const { progress, done_by_me, short_name: shortName } = project
  if (progress.n_tasks > 0 && progress.n_completed_tasks >= progress.n_tasks) {
    return (
      <div className={styles.place}>
        <p className={styles.done}>All tasks are complete. Thank you!</p>
      </div>
    )
  }
  const mustSignIn = !project.may.contribute && account === null && project.published
  if (mustSignIn) {
    return (
      <div className={styles.place}>
        <Link
          to="/account/signin"
          search={{ next: `/project/${shortName}/newtask` }}
          className={buttonClass({ kind: 'main', size: 'large', wide: true })}
        >
          Sign in to start
        </Link>
        <p className={styles.under}>This project asks for an account.</p>
      </div>
    )
  }
  if (!project.presenter && project.has_custom_presenter) {
    return <p className={styles.under}>Its own task page opens in a later version of Manyhands.</p>
  }
  if (!project.may.contribute || progress.n_tasks === 0 || project.missing.length > 0) return null
  const pace = formatSeconds(progress.average_time)
  return (
    <div className={styles.place}>
      <Link
        to="/project/$shortName/newtask"
        params={{ shortName }}
        className={buttonClass({ kind: 'main', size: 'large', wide: true })}
      >
        {project.published ? (done_by_me > 0 ? 'Go on' : 'Start') : 'Try it yourself'}
      </Link>
      <p className={styles.under}>
        {done_by_me > 0
          ? `You have given ${plural(done_by_me, 'answer')} here.`
          : `${account ? '' : 'No account needed. '}${pace ? `About ${pace} a task.` : ''}`}
      </p>
    </div>
  )
}
