import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button, buttonClass } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { Page } from '../ui/page.tsx'
import styles from './account-form.module.css'
import { useConfirmAddress } from './account-queries.ts'
import { readMailedToken } from './mailed-token.ts'

/** What the link in a mail opens. A click and no load confirms: programs that look through mails load. */
export function ConfirmAddressPage() {
  const [token] = useState(readMailedToken)
  const confirm = useConfirmAddress()
  useEffect(() => {
    // Used once: it need not stay in the history.
    window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])
  if (confirm.isSuccess) {
    return (
      <Page title="Your address is confirmed" width="narrow">
        <p className={styles.done}>{confirm.data.email_addr} belongs to your account now.</p>
        <p className={styles.next}>
          <Link to="/" className={buttonClass({ kind: 'main' })}>
            Find something to help with
          </Link>
        </p>
      </Page>
    )
  }
  const failure = readServerErrors(confirm.error)
  return (
    <Page title="Confirm your address" width="narrow">
      <div className={styles.card}>
        <p className={styles.lead}>One press, and we know that mail reaches you here.</p>
        <FormAlert>{failure.general ?? Object.values(failure.fields)[0] ?? null}</FormAlert>
        <Button
          kind="main"
          size="large"
          wide
          busy={confirm.isPending}
          onClick={() => confirm.mutate({ token })}
        >
          This is my address
        </Button>
      </div>
    </Page>
  )
}
