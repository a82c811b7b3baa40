import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ForgotPassword } from '@manyhands/shared/account/contract'
import { Link } from '@tanstack/react-router'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { Page } from '../ui/page.tsx'
import styles from './account-form.module.css'
import { useForgotPassword } from './account-queries.ts'

export function ForgotPasswordPage() {
  const forgot = useForgotPassword()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { email_addr: '' },
    validate: validateWith(ForgotPassword),
  })
  if (forgot.isSuccess) {
    return (
      <Page title="Look into your mail" width="narrow">
        <p className={styles.done}>
          If there is an account with this address, a link to set a new password is on its way.
        </p>
      </Page>
    )
  }
  return (
    <Page title="Set a new password" width="narrow">
      <form
        className={styles.card}
        onSubmit={form.onSubmit((values) =>
          forgot.mutate(values, {
            onError: (error) => form.setErrors(readServerErrors(error).fields),
          }),
        )}
        noValidate
      >
        <TextInput
          label="E-mail"
          description="The address of your account. We send a link to it."
          type="email"
          autoComplete="email"
          key={form.key('email_addr')}
          {...form.getInputProps('email_addr')}
        />
        <FormAlert>{readServerErrors(forgot.error).general}</FormAlert>
        <Button kind="main" size="large" type="submit" wide busy={forgot.isPending}>
          Send me a link
        </Button>
      </form>
      <p className={styles.other}>
        <Link to="/account/signin">Back to signing in</Link>
      </p>
    </Page>
  )
}
