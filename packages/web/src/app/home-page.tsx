import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CategoryChips } from '../categories/category-chips.tsx'
import { ContinueRow } from '../projects/continue-row.tsx'
import { PlatformTotalsBand, TotalsLine } from '../projects/platform-totals.tsx'
import { ProjectGrid, ProjectGridSkeleton } from '../projects/project-grid.tsx'
import { projectQueries } from '../projects/queries.ts'
import { LiveTask } from '../task-runs/live-task.tsx'
import { buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { useTitle } from '../ui/page.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import styles from './home-page.module.css'

const FEATURED = { sort: 'featured', limit: 12 } as const

/** `/`: one real task to answer at once, and the ways on from there. */
export function HomePage() {
  useTitle(undefined)
  const projects = useQuery(projectQueries.list(FEATURED))
  const items = projects.data?.items
  return (
    <div className={styles.home}>
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1 className={styles.headline}>
            Many small hands, <span>one big picture.</span>
          </h1>
          <p className={styles.lead}>
            Real research needs human eyes. Answer one question right here: no account, a few
            seconds, and it counts.
          </p>
          <div className={styles.ways}>
            <Link to="/project" className={buttonClass({ kind: 'main', size: 'large' })}>
              Explore projects
            </Link>
            <Link to="/project/new" className={buttonClass({ kind: 'quiet', size: 'large' })}>
              Start your own
            </Link>
          </div>
          <TotalsLine />
        </div>
        <div className={styles.live}>
          {projects.isError ? (
            <Failure error={projects.error} onRetry={projects.refetch} />
          ) : items?.length === 0 ? (
            <NewServer />
          ) : (
            <LiveTask projects={items} />
          )}
        </div>
      </section>
      {items?.length !== 0 && (
        <>
          <ContinueRow />
          <section className={styles.section}>
            <div className={styles.sectionHead}>
              <h2>Projects that need you</h2>
              <Link to="/project" className={styles.more}>
                See all <Icon name="arrow-right" size={18} />
              </Link>
            </div>
            <CategoryChips />
            {items ? (
              <ProjectGrid projects={items.slice(0, 6)} />
            ) : (
              <ProjectGridSkeleton count={3} />
            )}
          </section>
          <PlatformTotalsBand />
        </>
      )}
    </div>
  )
}

function NewServer() {
  return (
    <div className={styles.fresh}>
      <StateMessage
        title="This server is brand new"
        lit={1}
        action={
          <Link to="/project/new" className={buttonClass({ kind: 'main' })}>
            Create the first project
          </Link>
        }
      >
        <p>Nobody has published a project here yet. It takes about ten minutes and no code.</p>
      </StateMessage>
    </div>
  )
}
