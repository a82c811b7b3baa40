import type { PasskeyOptions } from '@manyhands/shared/passkeys/contract'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { readServerErrors } from '../ui/form-errors.ts'

// Few people press a button that needs it: fetched then.
const load = () => import('@simplewebauthn/browser')

/** Whether this browser can do it here: it cannot on a page without HTTPS, but for localhost. */
export const canUsePasskeys = () => typeof window.PublicKeyCredential === 'function'

/** Lets the person choose and unlock one of this site's passkeys. */
export async function askForPasskey(options: PasskeyOptions): Promise<AuthenticationResponseJSON> {
  const { startAuthentication } = await load()
  // The contract passes on what the server's half of the same library made.
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  return startAuthentication({ optionsJSON })
}

export async function makePasskey(options: PasskeyOptions): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await load()
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  return startRegistration({ optionsJSON })
}

/** What went wrong, be it in the browser, at its authenticator or at the server; null for nothing. */
export function describePasskeyFailure(error: unknown): string | null {
  const name = error instanceof Error ? error.name : undefined
  if (name === 'NotAllowedError' || name === 'AbortError') {
    return 'No passkey was given: it was cancelled, or took too long. Nothing has changed.'
  }
  if (name === 'InvalidStateError') return 'This device has a passkey for your account already.'
  if (name === 'SecurityError') return 'Passkeys do not work at this address of the site.'
  if (name === 'NotSupportedError' || name === 'ConstraintError') {
    return 'This device cannot keep a passkey that is good enough. Try another one.'
  }
  const { general, fields } = readServerErrors(error)
  return general ?? Object.values(fields)[0] ?? null
}
