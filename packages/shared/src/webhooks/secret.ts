import { randomToken, type Secrets } from '../secrets/secrets.ts'

/** A new secret to sign webhook calls with, sealed as it is stored. */
export function sealNewSecret(secrets: Secrets): string {
  return secrets.seal('webhook-secret', randomToken())
}

/** Throws when it was sealed with another server secret. */
export function unsealSecret(secrets: Secrets, sealed: string): string {
  return secrets.unseal('webhook-secret', sealed)
}
