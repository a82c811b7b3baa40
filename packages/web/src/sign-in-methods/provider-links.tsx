import type { Identity } from '@manyhands/shared/identities/contract'
import { parseWireTime } from '../api/wire-time.ts'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { useLinkIdentity, useUnlinkIdentity } from './queries.ts'
import styles from './security-section.module.css'
import { WayCard } from './way-card.tsx'

interface ProviderLinksProps {
  /** The one that the server has now. */
  provider: { name: string } | null
  identities: Identity[]
}

/** Accounts elsewhere that open this one. */
export function ProviderLinks({ provider, identities }: ProviderLinksProps) {
  const link = useLinkIdentity()
  const unlink = useUnlinkIdentity()
  if (!provider && identities.length === 0) return null
  return (
    <WayCard title="Accounts elsewhere" about="Sign in with an account that you have already.">
      {identities.length > 0 && (
        <ul className={styles.list}>
          {identities.map(({ id, issuer, created }) => (
            <li key={id} className={styles.row}>
              <div>
                <p className={styles.name}>{new URL(issuer).host}</p>
                <p className={styles.about}>
                  Linked <RelativeTime time={parseWireTime(created)} />
                </p>
              </div>
              <Button
                kind="quiet"
                aria-label={`Unlink ${new URL(issuer).host}`}
                busy={unlink.isPending && unlink.variables === id}
                onClick={() => unlink.mutate(id)}
              >
                Unlink
              </Button>
            </li>
          ))}
        </ul>
      )}
      <FormAlert>{readServerErrors(link.error ?? unlink.error).general}</FormAlert>
      {provider && (
        <Button busy={link.isPending} onClick={() => link.mutate(window.location.pathname)}>
          Link {provider.name}
        </Button>
      )}
    </WayCard>
  )
}
