import type { SignInMethods } from '@manyhands/shared/sign-in-methods/contract'
import { Button, buttonClass } from '../ui/button.tsx'
import { FormAlert } from '../ui/form-alert.tsx'
import styles from '../users/account-form.module.css'
import { canUsePasskeys, describePasskeyFailure } from './authenticator.ts'
import { usePasskeySignIn } from './session-changes.ts'

interface OtherWaysInProps {
  methods: SignInMethods
  /** The page to go to afterwards. */
  next: string
  onDone: () => void
}

/** Signing in without a password, where the server and the browser can. */
export function OtherWaysIn({ methods, next, onDone }: OtherWaysInProps) {
  const passkey = usePasskeySignIn()
  const withPasskey = methods.passkey && canUsePasskeys()
  if (!withPasskey && !methods.oidc) return null
  return (
    <div className={styles.ways}>
      <p className={styles.or}>or</p>
      {withPasskey && (
        <Button
          size="large"
          wide
          icon="key"
          busy={passkey.isPending}
          onClick={() => passkey.mutate(undefined, { onSuccess: onDone })}
        >
          Sign in with a passkey
        </Button>
      )}
      <FormAlert>{describePasskeyFailure(passkey.error)}</FormAlert>
      {methods.oidc && (
        <a
          href={`/api/session/oidc/start?next=${encodeURIComponent(next)}`}
          className={buttonClass({ size: 'large', wide: true })}
        >
          Sign in with {methods.oidc.name}
        </a>
      )}
    </div>
  )
}
