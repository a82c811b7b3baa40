import { PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { NewPassword } from '@manyhands/shared/users/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { Button, buttonClass } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { Page } from '../ui/page.tsx'
import styles from './account-form.module.css'
import { useResetPassword } from './account-queries.ts'
import { readMailedToken } from './mailed-token.ts'

const Form = z.object({ password: NewPassword })

/** What the link in a mail opens. */
export function ResetPasswordPage() {
  const [token] = useState(readMailedToken)
  const reset = useResetPassword()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { password: '' },
    validate: validateWith(Form),
  })
  if (reset.isSuccess) {
    return (
      <Page title="Your new password is set" width="narrow">
        <p className={styles.done}>It is the only one that opens your account from now on.</p>
        <p className={styles.next}>
          <Link to="/account/signin" className={buttonClass({ kind: 'main' })}>
            Sign in with it
          </Link>
        </p>
      </Page>
    )
  }
  const submit = form.onSubmit(({ password }) =>
    reset.mutate(
      { token, password },
      { onError: (error) => form.setErrors(readServerErrors(error).fields) },
    ),
  )
  const failure = readServerErrors(reset.error)
  return (
    <Page title="Set a new password" width="narrow">
      <form className={styles.card} onSubmit={submit} noValidate>
        <PasswordInput
          label="New password"
          description="8 characters or more. A sentence is easier to keep than a riddle."
          autoComplete="new-password"
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <FormAlert>{failure.general ?? failure.fields.token ?? null}</FormAlert>
        {reset.isError && (
          <p className={styles.other}>
            <Link to="/account/forgot-password">Ask for a new link</Link>
          </p>
        )}
        <Button kind="main" size="large" type="submit" wide busy={reset.isPending}>
          Set the password
        </Button>
      </form>
    </Page>
  )
}
