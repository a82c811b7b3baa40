import { PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { SignIn } from '@manyhands/shared/sessions/contract'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { Mark } from '../ui/mark.tsx'
import { Page } from '../ui/page.tsx'
import styles from './account-form.module.css'
import { useSignIn } from './queries.ts'
import { safeNext } from './safe-next.ts'

export function SignInPage() {
  const { next } = useSearch({ strict: false })
  const navigate = useNavigate()
  const signIn = useSignIn()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { login: '', password: '' },
    validate: validateWith(SignIn),
  })
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: () => void navigate({ href: safeNext(next), replace: true }),
    }),
  )
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
      <form className={styles.card} onSubmit={submit} noValidate>
        <TextInput
          label="E-mail or user name"
          autoComplete="username"
          autoCapitalize="off"
          spellCheck={false}
          key={form.key('login')}
          {...form.getInputProps('login')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <FormAlert>{readServerErrors(signIn.error).general}</FormAlert>
        <Button kind="main" size="large" type="submit" wide busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
      <p className={styles.other}>
        <Link to="/account/forgot-password">Forgotten the password?</Link>
      </p>
      <p className={styles.other}>
        New here?{' '}
        <Link to="/account/register" search={{ next }}>
          Make an account
        </Link>
      </p>
    </Page>
  )
}
