import type { OwnSignInMethods } from '@manyhands/shared/sign-in-methods/contract'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { plural } from '../ui/numbers.ts'
import { toast } from '../ui/toasts.tsx'
import { OneTimeCodeSetup } from './one-time-code-setup.tsx'
import { OwnerProofForm } from './owner-proof-form.tsx'
import { useRenewRecoveryCodes, useStopOneTimeCodes } from './queries.ts'
import { RecoveryCodeList } from './recovery-code-list.tsx'
import styles from './security-section.module.css'
import { WayCard } from './way-card.tsx'

interface OneTimeCodesProps {
  state: OwnSignInMethods['one_time_codes']
  hasPassword: boolean
}

type Doing = 'nothing' | 'set-up' | 'renew' | 'stop'

export function OneTimeCodes({ state, hasPassword }: OneTimeCodesProps) {
  const [doing, setDoing] = useState<Doing>('nothing')
  /** Shown once: they are nowhere else but in this page's memory. */
  const [codes, setCodes] = useState<string[]>()
  const renew = useRenewRecoveryCodes()
  const stop = useStopOneTimeCodes()
  const leave = () => setDoing('nothing')
  const show = (recoveryCodes: string[]) => {
    setCodes(recoveryCodes)
    leave()
  }
  const left = state.recovery_codes_left
  return (
    <WayCard
      title="One-time codes"
      about={
        state.enabled
          ? `On. After your password you are asked for a code of your app. You have ${plural(left, 'recovery code')} left.`
          : 'An app on your phone makes a new code every half minute. Whoever learns your password still cannot get in.'
      }
    >
      {codes && <RecoveryCodeList codes={codes} onKept={() => setCodes(undefined)} />}
      {!codes && doing === 'set-up' && <OneTimeCodeSetup onDone={show} onClose={leave} />}
      {!codes && doing === 'renew' && (
        <OwnerProofForm
          label="Make new recovery codes"
          hasPassword={hasPassword}
          change={renew}
          onDone={({ recovery_codes }) => show(recovery_codes)}
          onClose={leave}
        />
      )}
      {!codes && doing === 'stop' && (
        <OwnerProofForm
          label="Turn codes off"
          hasPassword={hasPassword}
          change={stop}
          onDone={() => {
            toast('One-time codes are off')
            leave()
          }}
          onClose={leave}
        />
      )}
      {!codes && doing === 'nothing' && !state.enabled && (
        <Button onClick={() => setDoing('set-up')}>Turn codes on</Button>
      )}
      {!codes && doing === 'nothing' && state.enabled && (
        <div className={styles.actions}>
          <Button onClick={() => setDoing('renew')}>New recovery codes</Button>
          <Button kind="quiet" onClick={() => setDoing('stop')}>
            Turn off
          </Button>
        </div>
      )}
    </WayCard>
  )
}
