import { PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { OwnerProof } from '@manyhands/shared/one-time-codes/contract'
import type { UseMutationResult } from '@tanstack/react-query'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import styles from './security-section.module.css'

interface OwnerProofFormProps<T> {
  /** What happens when it is proven. */
  label: string
  /** Else a code proves it. */
  hasPassword: boolean
  change: UseMutationResult<T, Error, OwnerProof>
  onDone: (answer: T) => void
  onClose: () => void
}

/** That the account's owner sits there, not somebody who found the browser open. */
export function OwnerProofForm<T>(props: OwnerProofFormProps<T>) {
  const { label, hasPassword, change, onDone, onClose } = props
  const field = hasPassword ? 'password' : 'code'
  const form = useForm<Record<string, string>>({
    mode: 'uncontrolled',
    initialValues: { [field]: '' },
    validate: validateWith(OwnerProof),
  })
  const submit = form.onSubmit((values) => change.mutate(values, { onSuccess: onDone }))
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {hasPassword ? (
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          autoFocus
          key={form.key(field)}
          {...form.getInputProps(field)}
        />
      ) : (
        <TextInput
          label="A code of your app, or a recovery code"
          autoComplete="one-time-code"
          inputMode="numeric"
          autoFocus
          key={form.key(field)}
          {...form.getInputProps(field)}
        />
      )}
      <FormAlert>{readServerErrors(change.error).general}</FormAlert>
      <div className={styles.actions}>
        <Button kind="main" type="submit" busy={change.isPending}>
          {label}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  )
}
