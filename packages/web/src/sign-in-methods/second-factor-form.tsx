import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { GiveSecondFactor } from '@manyhands/shared/one-time-codes/contract'
import { useState } from 'react'
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
  // The field takes both; a phone's keyboard of digits does not.
  const [withLetters, setWithLetters] = useState(false)
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
        label={withLetters ? 'Recovery code' : 'Code'}
        description={
          withLetters
            ? 'One that you kept when you turned codes on. Each works once.'
            : 'The six digits that your app shows now.'
        }
        autoComplete="one-time-code"
        inputMode={withLetters ? 'text' : 'numeric'}
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
      <Button wide onClick={() => setWithLetters(!withLetters)}>
        {withLetters ? 'Use a code of the app' : 'Use a recovery code'}
      </Button>
      <Button kind="quiet" icon="arrow-left" wide onClick={onBack}>
        Back to the password
      </Button>
    </form>
  )
}
