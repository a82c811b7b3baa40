import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Page } from '../ui/page.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { useAccount } from '../users/queries.ts'
import styles from './browse-page.module.css'
import { ProjectGrid, ProjectGridSkeleton } from './project-grid.tsx'
import { projectQueries } from './queries.ts'

/** Where this volunteer has answered, with or without an account, and what they run. */
export function WorkPage() {
  const account = useAccount()
  const projects = useInfiniteQuery(projectQueries.pages({ scope: 'contributed', limit: 24 }))
  const items = projects.data?.pages.flatMap((page) => page.items)
  return (
    <Page
      title="My work"
      lead="The projects that have answers of yours."
      actions={
        account && (
          <Link
            to="/account/$name/projects"
            params={{ name: account.name }}
            className={buttonClass()}
          >
            Projects I run
          </Link>
        )
      }
    >
      <h2 className="visually-hidden">Projects</h2>
      {projects.isPending && <ProjectGridSkeleton count={3} />}
      {projects.isError && <Failure error={projects.error} onRetry={projects.refetch} />}
      {items && items.length > 0 && <ProjectGrid projects={items} />}
      {items?.length === 0 && (
        <StateMessage
          title="No answers of yours yet"
          lit={0}
          action={
            <Link to="/project" className={buttonClass({ kind: 'main' })}>
              Find a project
            </Link>
          }
        >
          <p>Pick anything that makes you curious. The first answer takes a few seconds.</p>
        </StateMessage>
      )}
      {projects.hasNextPage && (
        <div className={styles.more}>
          <Button busy={projects.isFetchingNextPage} onClick={() => void projects.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </Page>
  )
}
