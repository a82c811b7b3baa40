import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ConfirmOneTimeCodes } from '@manyhands/shared/one-time-codes/contract'
import { useEffect } from 'react'
import { Button, buttonClass } from '../ui/button.tsx'
import { Failure } from '../ui/failure.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { CopyButton } from './copy-button.tsx'
import { useConfirmOneTimeCodes, useStartOneTimeCodes } from './queries.ts'
import styles from './security-section.module.css'

interface OneTimeCodeSetupProps {
  onDone: (recoveryCodes: string[]) => void
  onClose: () => void
}

/** Gives the secret to an app, and makes sure that it arrived. */
export function OneTimeCodeSetup({ onDone, onClose }: OneTimeCodeSetupProps) {
  const { mutate: start, data: secret, error, isError } = useStartOneTimeCodes()
  const confirm = useConfirmOneTimeCodes()
  useEffect(() => start(), [start])
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { code: '' },
    validate: validateWith(ConfirmOneTimeCodes),
  })
  const submit = form.onSubmit(({ code }) =>
    confirm.mutate(code, { onSuccess: ({ recovery_codes }) => onDone(recovery_codes) }),
  )
  if (isError) return <Failure error={error} onRetry={start} />
  if (!secret) return <Skeleton width="100%" height={220} />
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <ol className={styles.steps}>
        <li>
          <p>
            Get an app for codes, such as one of your password manager. On the device that has it,
            open this link:
          </p>
          <a href={secret.uri} className={buttonClass()}>
            Open in the app
          </a>
        </li>
        <li>
          <p>Is it on another device? Then type this key into it:</p>
          <div className={styles.actions}>
            <code className={styles.secret}>{secret.secret.replace(/.{4}(?=.)/g, '$& ')}</code>
            <CopyButton text={secret.secret} what="Key" />
          </div>
        </li>
        <li>
          <TextInput
            label="The code that the app shows"
            autoComplete="one-time-code"
            inputMode="numeric"
            spellCheck={false}
            key={form.key('code')}
            {...form.getInputProps('code')}
          />
        </li>
      </ol>
      <FormAlert>{readServerErrors(confirm.error).general}</FormAlert>
      <div className={styles.actions}>
        <Button kind="main" type="submit" busy={confirm.isPending}>
          Turn codes on
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  )
}
