import { PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { SignIn } from '@manyhands/shared/sessions/contract'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import styles from '../users/account-form.module.css'
import type { useSignIn } from './session-changes.ts'

interface PasswordFormProps {
  signIn: ReturnType<typeof useSignIn>
  /** When nothing else is needed. */
  onDone: () => void
}

/** The first step of signing in. */
export function PasswordForm({ signIn, onDone }: PasswordFormProps) {
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { login: '', password: '' },
    validate: validateWith(SignIn),
  })
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: ({ second_factor }) => {
        if (!second_factor) onDone()
      },
      onError: (error) => form.setErrors(readServerErrors(error).fields),
    }),
  )
  return (
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
  )
}
