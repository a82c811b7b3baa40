import { PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ChangePassword } from '@manyhands/shared/account/contract'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { toast } from '../ui/toasts.tsx'
import { useChangePassword } from './queries.ts'
import styles from './security-section.module.css'
import { WayCard } from './way-card.tsx'

export function OwnPassword({ hasPassword }: { hasPassword: boolean }) {
  const [open, setOpen] = useState(false)
  const label = hasPassword ? 'Change the password' : 'Set a password'
  return (
    <WayCard
      title="Password"
      about={
        hasPassword
          ? 'A new one signs you out everywhere but here.'
          : 'You have none, and need none as long as you have another way in.'
      }
    >
      {open ? (
        <PasswordFields hasPassword={hasPassword} label={label} onClose={() => setOpen(false)} />
      ) : (
        <Button onClick={() => setOpen(true)}>{label}</Button>
      )}
    </WayCard>
  )
}

interface PasswordFieldsProps {
  hasPassword: boolean
  label: string
  onClose: () => void
}

function PasswordFields({ hasPassword, label, onClose }: PasswordFieldsProps) {
  const change = useChangePassword()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { ...(hasPassword && { current_password: '' }), new_password: '' },
    validate: validateWith(ChangePassword),
  })
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        toast('Your new password is set')
        onClose()
      },
      onError: (error) => form.setErrors(readServerErrors(error).fields),
    }),
  )
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {hasPassword && (
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          autoFocus
          key={form.key('current_password')}
          {...form.getInputProps('current_password')}
        />
      )}
      <PasswordInput
        label="New password"
        description="8 characters or more. A sentence is easier to keep than a riddle."
        autoComplete="new-password"
        key={form.key('new_password')}
        {...form.getInputProps('new_password')}
      />
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
