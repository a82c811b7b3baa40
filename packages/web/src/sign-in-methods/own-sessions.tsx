import { useQuery } from '@tanstack/react-query'
import { parseWireTime } from '../api/wire-time.ts'
import { Button } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { toast } from '../ui/toasts.tsx'
import { browserName } from './browser-name.ts'
import { signInQueries, useEndOtherSessions, useEndSession } from './queries.ts'
import styles from './security-section.module.css'
import { WayCard } from './way-card.tsx'

export function OwnSessions() {
  const sessions = useQuery(signInQueries.sessions())
  const end = useEndSession()
  const endOthers = useEndOtherSessions()
  const hasOthers = sessions.data?.some(({ current }) => !current)
  return (
    <WayCard
      title="Where you are signed in"
      about="Is there one that you do not know? Sign it out, then change your password."
    >
      {sessions.isPending && <Skeleton width="100%" height={64} />}
      {sessions.isError && <Failure error={sessions.error} onRetry={sessions.refetch} />}
      {sessions.data && (
        <ul className={styles.list}>
          {sessions.data.map(({ id, current, user_agent, created }) => (
            <li key={id} className={styles.row}>
              <div>
                <p className={styles.name}>{browserName(user_agent)}</p>
                <p className={styles.about}>
                  {current && 'This browser · '}
                  Signed in <RelativeTime time={parseWireTime(created)} />
                </p>
              </div>
              {!current && (
                <Button
                  kind="quiet"
                  aria-label={`Sign out ${browserName(user_agent)}`}
                  busy={end.isPending && end.variables === id}
                  onClick={() => end.mutate(id, { onSuccess: () => toast('Signed out there') })}
                >
                  Sign out
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <FormAlert>{readServerErrors(end.error ?? endOthers.error).general}</FormAlert>
      {hasOthers && (
        <Button
          busy={endOthers.isPending}
          onClick={() =>
            endOthers.mutate(undefined, { onSuccess: () => toast('Signed out everywhere else') })
          }
        >
          Sign out everywhere else
        </Button>
      )}
    </WayCard>
  )
}
