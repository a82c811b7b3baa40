import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router'
import { useExportAnnouncements } from '../exports/use-export-announcements.ts'
import { useProjectEvents } from '../stats/use-project-events.ts'
import { buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useTitle } from '../ui/page.tsx'
import { Skeleton, SkeletonText } from '../ui/skeleton.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { useAccount } from '../users/queries.ts'
import { ManagedProjectProvider } from './managed-project.tsx'
import { projectQueries } from './queries.ts'
import styles from './settings-layout.module.css'

const SECTIONS = [
  { to: '/project/$shortName/settings', name: 'Overview', icon: 'compass' },
  { to: '/project/$shortName/settings/tasks', name: 'Tasks', icon: 'layers' },
  { to: '/project/$shortName/settings/presenter', name: 'Presenter', icon: 'image' },
  { to: '/project/$shortName/settings/import', name: 'Import', icon: 'upload' },
  { to: '/project/$shortName/settings/export', name: 'Export', icon: 'download' },
] as const satisfies { to: string; name: string; icon: IconName }[]

/** The owner's side of a project: a rail at the left, tabs on phones. */
export function SettingsLayout() {
  const { shortName = '' } = useParams({ strict: false })
  const { data: project, error, refetch } = useQuery(projectQueries.page(shortName))
  useTitle(project && `Manage ${project.name}`)
  if (error) return <Failure error={error} onRetry={refetch} level="h1" />
  if (project && !project.may.update) return <NotYours shortName={shortName} />
  return (
    <div className={styles.layout}>
      <header className={styles.head}>
        <div className={styles.title}>
          {project ? <h1>{project.name}</h1> : <Skeleton width={320} height={40} />}
          {project && (
            <p className={project.published ? styles.published : styles.draft}>
              <Icon name={project.published ? 'check' : 'pencil'} size={16} />
              {project.published ? 'Published' : 'Draft'}
            </p>
          )}
        </div>
        <Link to="/project/$shortName" params={{ shortName }} className={buttonClass()}>
          See its page
        </Link>
      </header>
      <nav aria-label="Settings" className={styles.rail}>
        {SECTIONS.map(({ to, name, icon }) => (
          <Link
            key={to}
            to={to}
            params={{ shortName }}
            className={styles.section}
            activeOptions={{ exact: true }}
          >
            <Icon name={icon} />
            {name}
          </Link>
        ))}
      </nav>
      <div className={styles.content}>
        {project ? (
          <ManagedProjectProvider value={project}>
            <LiveSettings shortName={shortName} />
          </ManagedProjectProvider>
        ) : (
          <div aria-busy="true">
            <SkeletonText lines={6} />
          </div>
        )}
      </div>
    </div>
  )
}

function LiveSettings({ shortName }: { shortName: string }) {
  useProjectEvents(shortName)
  useExportAnnouncements(shortName)
  return <Outlet />
}

function NotYours({ shortName }: { shortName: string }) {
  const account = useAccount()
  const { href } = useLocation()
  return (
    <StateMessage
      level="h1"
      title="Only its owner can manage this project"
      lit={0}
      action={
        account ? (
          <Link
            to="/project/$shortName"
            params={{ shortName }}
            className={buttonClass({ kind: 'main' })}
          >
            See the project
          </Link>
        ) : (
          <Link
            to="/account/signin"
            search={{ next: href }}
            className={buttonClass({ kind: 'main' })}
          >
            Sign in
          </Link>
        )
      }
    />
  )
}
