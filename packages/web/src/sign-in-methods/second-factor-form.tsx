import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { GiveSecondFactor } from '@manyhands/shared/one-time-codes/contract'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import styles from '../users/account-form.module.css'
import { useGiveSecondFactor } from './session-changes.ts'

interface SecondFactorFormProps {
  /** What the password was answered with. */
  token: string
  onDone: () => void
  onBack: () => void
}

const Code = GiveSecondFactor.pick({ code: true })

/** The second step of signing in. */
export function SecondFactorForm({ token, onDone, onBack }: SecondFactorFormProps) {
  const give = useGiveSecondFactor()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: validateWith(Code),
  })
  const submit = form.onSubmit(({ code }) =>
    give.mutate(
      { token, code },
      {
        onSuccess: onDone,
        onError: (error) => form.setErrors(readServerErrors(error).fields),
      },
    ),
  )
  return (
    <form className={styles.card} onSubmit={submit} noValidate>
      <TextInput
        label="Code"
        description="The six digits that your app shows now, or one of your recovery codes."
        autoComplete="one-time-code"
        inputMode="numeric"
        autoCapitalize="off"
        spellCheck={false}
        autoFocus
        key={form.key('code')}
        {...form.getInputProps('code')}
      />
      <FormAlert>{readServerErrors(give.error).general}</FormAlert>
      <Button kind="main" size="large" type="submit" wide busy={give.isPending}>
        Sign in
      </Button>
      <Button kind="quiet" icon="arrow-left" wide onClick={onBack}>
        Back to the password
      </Button>
    </form>
  )
}
