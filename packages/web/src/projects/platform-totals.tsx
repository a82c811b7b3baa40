import { useQuery } from '@tanstack/react-query'
import { CountUp } from '../ui/count-up.tsx'
import styles from './platform-totals.module.css'
import { projectQueries } from './queries.ts'

const REFRESH_MS = 15_000

/** What everybody has done together, counting up while the page is open. */
export function PlatformTotalsBand() {
  const { data } = useQuery({ ...projectQueries.totals(), refetchInterval: REFRESH_MS })
  return (
    <section className={styles.band} aria-label="Together so far">
      <dl className={styles.totals}>
        <Total name="answers given" count={data?.n_task_runs} />
        <Total name="tasks complete" count={data?.n_completed_tasks} />
        <Total name="people helping" count={data?.n_volunteers} />
        <Total name="projects" count={data?.n_projects} />
      </dl>
    </section>
  )
}

/** The same in one line, beside the headline. */
export function TotalsLine() {
  const { data } = useQuery(projectQueries.totals())
  return (
    <p className={styles.line}>
      {data && data.n_task_runs > 0 && (
        <>
          <b>
            <CountUp to={data.n_task_runs} />
          </b>{' '}
          answers so far, from{' '}
          <b>
            <CountUp to={data.n_volunteers} />
          </b>{' '}
          {data.n_volunteers === 1 ? 'person' : 'people'}.
        </>
      )}
    </p>
  )
}

function Total({ name, count }: { name: string; count: number | undefined }) {
  return (
    <div className={styles.total}>
      <dt>{name}</dt>
      <dd>{count === undefined ? '…' : <CountUp to={count} />}</dd>
    </div>
  )
}
