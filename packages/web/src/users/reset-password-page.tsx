import { PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { NewPassword } from '@manyhands/shared/users/contract'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { Page } from '../ui/page.tsx'
import styles from './account-form.module.css'
import { readMailedToken } from './mailed-token.ts'
import { useResetPassword } from './queries.ts'

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
        <p className={styles.other}>
          <Link to="/account/signin">Sign in with it</Link>
        </p>
      </Page>
    )
  }
  const submit = form.onSubmit(({ password }) => reset.mutate({ token, password }))
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
        <FormAlert>{readServerErrors(reset.error).general}</FormAlert>
        <Button kind="main" size="large" type="submit" wide busy={reset.isPending}>
          Set the password
        </Button>
      </form>
    </Page>
  )
}
