import { useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { readServerErrors } from '../ui/form-errors.ts'
import { Page } from '../ui/page.tsx'
import styles from './account-form.module.css'
import { readMailedToken } from './mailed-token.ts'
import { useConfirmAddress } from './queries.ts'

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
        <p className={styles.other}>{confirm.data.email_addr} belongs to your account now.</p>
      </Page>
    )
  }
  const failure = readServerErrors(confirm.error)
  return (
    <Page title="Confirm your address" width="narrow">
      <div className={styles.card}>
        <p role="alert">{failure.general ?? Object.values(failure.fields)[0]}</p>
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
