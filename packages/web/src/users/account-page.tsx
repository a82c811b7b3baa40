import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { SecuritySection } from '../sign-in-methods/security-section.tsx'
import { useSignOut } from '../sign-in-methods/session-changes.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { toast } from '../ui/toasts.tsx'
import styles from './account-page.module.css'
import { apiKeyQuery } from './account-queries.ts'
import { Avatar } from './avatar.tsx'
import { useAccount } from './queries.ts'

/** One's own account: where things are, signing in and out, the API key. */
export function AccountPage() {
  const { name } = useParams({ strict: false })
  const { problem } = useSearch({ strict: false })
  const account = useAccount()
  const signOut = useSignOut()
  const navigate = useNavigate()
  if (account === undefined) {
    return (
      <Page title="Account" width="reading">
        <Skeleton width="100%" height={160} />
      </Page>
    )
  }
  if (account?.name !== name || !account) {
    return (
      <StateMessage
        level="h1"
        title="This page belongs to somebody else"
        lit={0}
        action={
          <Link to="/account/signin" className={buttonClass({ kind: 'main' })}>
            Sign in
          </Link>
        }
      />
    )
  }
  return (
    <Page
      title={account.fullname}
      width="reading"
      heading={
        <div className={styles.head}>
          <Avatar name={account.fullname} size={72} />
          <div>
            <h1>{account.fullname}</h1>
            <p className={styles.muted}>
              @{account.name} · {account.email_addr}
            </p>
          </div>
        </div>
      }
    >
      <div className={styles.ways}>
        <Link
          to="/account/$name/projects"
          params={{ name: account.name }}
          className={buttonClass()}
        >
          My projects
        </Link>
        <Link to="/work" className={buttonClass()}>
          Where I helped
        </Link>
        <Button
          kind="quiet"
          busy={signOut.isPending}
          onClick={() => signOut.mutate(undefined, { onSuccess: () => void navigate({ to: '/' }) })}
        >
          Sign out
        </Button>
      </div>
      {signOut.isError && <Failure error={signOut.error} />}
      <SecuritySection problem={problem} />
      <ApiKeySection />
    </Page>
  )
}

function ApiKeySection() {
  const [revealed, setRevealed] = useState(false)
  const key = useQuery({ ...apiKeyQuery(), enabled: revealed })
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    toast('API key copied')
  }
  return (
    <section className={styles.section}>
      <h2>API key</h2>
      <p className={styles.muted}>
        Scripts and mobile apps act in your name with it. Treat it like a password.
      </p>
      {!revealed && (
        <Button icon="key" onClick={() => setRevealed(true)}>
          Show the key
        </Button>
      )}
      {revealed && key.isPending && <Skeleton width="100%" height={48} />}
      {key.isError && <Failure error={key.error} onRetry={key.refetch} />}
      {key.data && (
        <div className={styles.key}>
          <code>{key.data.api_key}</code>
          <Button icon="copy" onClick={() => void copy(key.data.api_key)}>
            Copy
          </Button>
        </div>
      )}
    </section>
  )
}
