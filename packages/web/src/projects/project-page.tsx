import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ExampleTask } from '../presenters/example-task.tsx'
import { ProgressFigures } from '../stats/progress-figures.tsx'
import { useProjectEvents } from '../stats/use-project-events.ts'
import { buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon } from '../ui/icon.tsx'
import { Markdown } from '../ui/markdown.tsx'
import { useTitle } from '../ui/page.tsx'
import { Avatar } from '../users/avatar.tsx'
import { DraftChecklist } from './draft-checklist.tsx'
import styles from './project-page.module.css'
import { ProjectPageSkeleton } from './project-page-skeleton.tsx'
import { ProjectPicture } from './project-picture.tsx'
import { projectQueries } from './queries.ts'
import { StartAction } from './start-action.tsx'

/** `/project/<short_name>`: what it is, what you will do, how far it is. */
export function ProjectPage() {
  const { shortName = '' } = useParams({ strict: false })
  const project = useQuery(projectQueries.page(shortName))
  const live = useProjectEvents(shortName)
  useTitle(project.data?.name)
  if (project.isPending) return <ProjectPageSkeleton />
  if (project.isError) return <Failure error={project.error} onRetry={project.refetch} level="h1" />
  const page = project.data
  return (
    <article className={styles.project}>
      <div className={styles.picture}>
        <ProjectPicture name={page.name} url={page.thumbnail_url} lazy={false} />
      </div>
      <header className={styles.band}>
        <div className={styles.inner}>
          <p className={styles.category}>
            <Link to="/project/category/$name" params={{ name: page.category.short_name }}>
              {page.category.name}
            </Link>
            {!page.published && <span className={styles.draft}>Draft, seen by you only</span>}
          </p>
          <h1 className={styles.title}>{page.name}</h1>
          <p className={styles.pitch}>{page.description}</p>
          <div className={styles.start}>
            <StartAction project={page} />
          </div>
        </div>
      </header>
      <div className={styles.columns}>
        <div className={styles.main}>
          {!page.published && page.may.update && <DraftChecklist project={page} />}
          {page.presenter && <ExampleTask projectId={page.id} presenter={page.presenter} />}
          {page.long_description && (
            <section>
              <h2>About this project</h2>
              <Markdown text={page.long_description} />
            </section>
          )}
        </div>
        <aside className={styles.side}>
          <section className={styles.numbers} aria-label="Progress">
            <ProgressFigures progress={page.progress} live={live} />
          </section>
          <section className={styles.people}>
            <Avatar name={page.owner.fullname} size={44} />
            <p>
              <span className={styles.muted}>Run by</span>
              <br />
              <b>{page.owner.fullname}</b>
            </p>
          </section>
          {page.may.update && (
            <Link
              to="/project/$shortName/settings"
              params={{ shortName }}
              className={buttonClass({ wide: true })}
            >
              <Icon name="settings" /> Manage this project
            </Link>
          )}
        </aside>
      </div>
    </article>
  )
}
