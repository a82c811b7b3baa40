import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../ui/button.tsx'
import { useTitle } from '../ui/page.tsx'
import { StateMessage } from '../ui/state-message.tsx'

export function NotFoundPage() {
  useTitle('Nothing here')
  return (
    <StateMessage
      level="h1"
      title="There is nothing at this address"
      lit={0}
      action={
        <Link to="/" className={buttonClass({ kind: 'main' })}>
          Go home
        </Link>
      }
    >
      <p>The link may be old, or a letter of it went missing.</p>
    </StateMessage>
  )
}

/** Our own fault: a page that broke while it was shown. */
export function CrashedPage({ reset, error }: ErrorComponentProps) {
  useTitle('Something broke')
  // After a new release the old page's parts are gone from the server: a reload brings the new ones.
  const stale = /dynamically imported module|module script/i.test(String(error))
  return (
    <div role="alert">
      <StateMessage
        level="h1"
        title={stale ? 'This page has a newer version' : 'This page broke'}
        lit={0}
        action={
          <>
            <Button kind="main" onClick={() => (stale ? location.reload() : reset())}>
              {stale ? 'Load it' : 'Try again'}
            </Button>
            <a href="/" className={buttonClass()}>
              Go home
            </a>
          </>
        }
      >
        <p>The fault is ours. Answers that you gave are kept and will be sent.</p>
      </StateMessage>
    </div>
  )
}
