import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import styles from './my-projects-page.module.css'
import { OwnedProject } from './owned-project.tsx'
import { projectQueries } from './queries.ts'

/** `/account/<name>/projects`: what one runs, drafts too. */
export function MyProjectsPage() {
  const projects = useInfiniteQuery(projectQueries.pages({ scope: 'mine', limit: 50 }))
  const items = projects.data?.pages.flatMap((page) => page.items)
  return (
    <Page
      title="My projects"
      actions={
        <Link to="/project/new" className={buttonClass({ kind: 'main' })}>
          <Icon name="plus" /> New project
        </Link>
      }
    >
      {projects.isPending && (
        <div className={styles.list} aria-busy="true">
          {[1, 2, 3].map((row) => (
            <Skeleton key={row} width="100%" height={104} borderRadius={16} />
          ))}
        </div>
      )}
      {projects.isError && <Failure error={projects.error} onRetry={projects.refetch} />}
      {items && items.length > 0 && (
        <ul className={styles.list}>
          {items.map((project) => (
            <OwnedProject key={project.id} project={project} />
          ))}
        </ul>
      )}
      {items?.length === 0 && (
        <StateMessage
          title="You run no project yet"
          action={
            <Link to="/project/new" className={buttonClass({ kind: 'main' })}>
              Start one
            </Link>
          }
        >
          <p>A question, a few answers to choose from and a CSV file: ten minutes, no code.</p>
        </StateMessage>
      )}
      {projects.hasNextPage && (
        <Button busy={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Page>
  )
}
