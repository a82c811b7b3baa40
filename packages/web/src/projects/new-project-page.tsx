import { Link, useNavigate } from '@tanstack/react-router'
import { buttonClass } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { StateMessage } from '../ui/state-message.tsx'
import { useAccount } from '../users/queries.ts'
import { NewProjectForm } from './new-project-form.tsx'

/** `/project/new`: from nothing to a draft with its presenter. */
export function NewProjectPage() {
  const account = useAccount()
  const navigate = useNavigate()
  if (account === null) {
    return (
      <StateMessage
        level="h1"
        title="Sign in to start a project"
        action={
          <>
            <Link
              to="/account/signin"
              search={{ next: '/project/new' }}
              className={buttonClass({ kind: 'main' })}
            >
              Sign in
            </Link>
            <Link
              to="/account/register"
              search={{ next: '/project/new' }}
              className={buttonClass()}
            >
              Make an account
            </Link>
          </>
        }
      >
        <p>A project belongs to somebody who can be asked about it.</p>
      </StateMessage>
    )
  }
  return (
    <Page title="Start a project" lead="A draft first: only you see it until you publish.">
      {account ? (
        <NewProjectForm
          onCreated={(shortName) =>
            void navigate({ to: '/project/$shortName/settings', params: { shortName } })
          }
        />
      ) : (
        <Skeleton width="100%" height={400} borderRadius={16} />
      )}
    </Page>
  )
}
