import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { OtherWaysIn } from '../sign-in-methods/other-ways-in.tsx'
import { PasswordForm } from '../sign-in-methods/password-form.tsx'
import { describeProblem } from '../sign-in-methods/problem-text.ts'
import { signInQueries } from '../sign-in-methods/queries.ts'
import { SecondFactorForm } from '../sign-in-methods/second-factor-form.tsx'
import { useSignIn } from '../sign-in-methods/session-changes.ts'
import { FormAlert } from '../ui/form-alert.tsx'
import { Mark } from '../ui/mark.tsx'
import { Page } from '../ui/page.tsx'
import styles from './account-form.module.css'
import { safeNext } from './safe-next.ts'

export function SignInPage() {
  const { next, problem } = useSearch({ strict: false })
  const navigate = useNavigate()
  const signIn = useSignIn()
  // The password form does not wait for it, and does without it if need be.
  const methods = useQuery(signInQueries.offered()).data
  const goOn = () => void navigate({ href: safeNext(next), replace: true })
  const token = signIn.data?.second_factor?.token
  if (token !== undefined) {
    return (
      <Page
        title="One more step"
        width="narrow"
        heading={
          <div className={styles.head}>
            <Mark size={48} lit={3} />
            <h1>One more step</h1>
            <p className={styles.lead}>Your password is right. Now the code.</p>
          </div>
        }
      >
        <SecondFactorForm token={token} onDone={goOn} onBack={signIn.reset} />
      </Page>
    )
  }
  return (
    <Page
      title="Sign in"
      width="narrow"
      heading={
        <div className={styles.head}>
          <Mark size={48} />
          <h1>Welcome back</h1>
          {next && <p className={styles.lead}>You come straight back to where you were.</p>}
        </div>
      }
    >
      <div className={styles.problem}>
        <FormAlert>{describeProblem(problem, methods?.oidc?.name ?? 'The other site')}</FormAlert>
      </div>
      <PasswordForm signIn={signIn} onDone={goOn} />
      {methods && <OtherWaysIn methods={methods} next={safeNext(next)} onDone={goOn} />}
      <div className={styles.others}>
        {!methods?.ldap && (
          <p className={styles.other}>
            <Link to="/account/forgot-password">Forgotten the password?</Link>
          </p>
        )}
        {methods?.registration !== false && (
          <p className={styles.other}>
            New here?{' '}
            <Link to="/account/register" search={{ next }}>
              Make an account
            </Link>
          </p>
        )}
      </div>
    </Page>
  )
}
