import { useQuery } from '@tanstack/react-query'
import { Failure } from '../ui/failure.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { OneTimeCodes } from './one-time-codes.tsx'
import { OwnPassword } from './own-password.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { Passkeys } from './passkeys.tsx'
import { describeProblem } from './problem-text.ts'
import { ProviderLinks } from './provider-links.tsx'
import { signInQueries } from './queries.ts'
import styles from './security-section.module.css'

/** How somebody gets into their account, and where they are in it now. */
export function SecuritySection({ problem }: { problem: string | undefined }) {
  const own = useQuery(signInQueries.own())
  const offered = useQuery(signInQueries.offered())
  const failed = [own, offered].find((query) => query.isError)
  return (
    <section className={styles.section} aria-labelledby="security">
      <h2 id="security">Sign-in and security</h2>
      <FormAlert>
        {describeProblem(problem, offered.data?.oidc?.name ?? 'The other site')}
      </FormAlert>
      {failed && <Failure error={failed.error} onRetry={failed.refetch} level="h2" />}
      {!failed && (!own.data || !offered.data) && <Skeleton width="100%" height={320} />}
      {own.data && offered.data && (
        <>
          {!own.data.ldap && <OwnPassword hasPassword={own.data.password} />}
          {(offered.data.passkey || own.data.passkeys.length > 0) && (
            <Passkeys passkeys={own.data.passkeys} canAdd={offered.data.passkey} />
          )}
          <OneTimeCodes state={own.data.one_time_codes} hasPassword={own.data.password} />
          <ProviderLinks provider={offered.data.oidc} identities={own.data.identities} />
          <OwnSessions />
        </>
      )}
    </section>
  )
}
