import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type Passkey, RenamePasskey } from '@manyhands/shared/passkeys/contract'
import { useState } from 'react'
import { parseWireTime } from '../api/wire-time.ts'
import { Button } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import { readServerErrors, validateWith } from '../ui/form-errors.ts'
import { RelativeTime } from '../ui/relative-time.tsx'
import { toast } from '../ui/toasts.tsx'
import { canUsePasskeys, describePasskeyFailure } from './authenticator.ts'
import { useAddPasskey, useRemovePasskey } from './queries.ts'
import styles from './security-section.module.css'
import { WayCard } from './way-card.tsx'

export function Passkeys({ passkeys, canAdd }: { passkeys: Passkey[]; canAdd: boolean }) {
  const [adding, setAdding] = useState(false)
  const remove = useRemovePasskey()
  return (
    <WayCard
      title="Passkeys"
      about="Sign in with your fingerprint, your face or the PIN of your device. Nothing to remember, nothing to steal."
    >
      {passkeys.length > 0 && (
        <ul className={styles.list}>
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={styles.row}>
              <div>
                <p className={styles.name}>{passkey.name}</p>
                <p className={styles.about}>
                  Added <RelativeTime time={parseWireTime(passkey.created)} />
                  {passkey.last_used ? (
                    <>
                      , last used <RelativeTime time={parseWireTime(passkey.last_used)} />
                    </>
                  ) : (
                    ', not used yet'
                  )}
                </p>
              </div>
              <Button
                kind="quiet"
                aria-label={`Remove ${passkey.name}`}
                busy={remove.isPending && remove.variables === passkey.id}
                onClick={() =>
                  remove.mutate(passkey.id, {
                    onSuccess: () => toast(`${passkey.name} is removed`),
                  })
                }
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <FormAlert>{readServerErrors(remove.error).general}</FormAlert>
      {adding && <NewPasskey onClose={() => setAdding(false)} />}
      {!adding && canAdd && canUsePasskeys() && (
        <Button icon="plus" onClick={() => setAdding(true)}>
          Add a passkey
        </Button>
      )}
      {canAdd && !canUsePasskeys() && <p className={styles.about}>This browser cannot add one.</p>}
    </WayCard>
  )
}

function NewPasskey({ onClose }: { onClose: () => void }) {
  const add = useAddPasskey()
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: '' },
    validate: validateWith(RenamePasskey),
  })
  const submit = form.onSubmit(({ name }) =>
    add.mutate(name, {
      onSuccess: (passkey) => {
        toast(`${passkey.name} is added`)
        onClose()
      },
    }),
  )
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        label="What do you call it?"
        description="The name of the device, so that you know it again."
        placeholder="My phone"
        autoFocus
        key={form.key('name')}
        {...form.getInputProps('name')}
      />
      <FormAlert>{describePasskeyFailure(add.error)}</FormAlert>
      <div className={styles.actions}>
        <Button kind="main" type="submit" busy={add.isPending}>
          Go on
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Leave it
        </Button>
      </div>
    </form>
  )
}
