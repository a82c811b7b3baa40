import { randomUUID } from 'node:crypto'
import { hashToken, type Secrets } from '../secrets/secrets.ts'

/** A new API key (UUID 4, as clients expect) and how it is stored: hashed to be looked up by, sealed to
 *  be shown to its own user. */
export function createApiKey(secrets: Secrets): {
  apiKey: string
  apiKeyHash: Uint8Array
  apiKeySealed: string
} {
  const apiKey = randomUUID()
  return { apiKey, apiKeyHash: hashApiKey(apiKey), apiKeySealed: secrets.seal('api-key', apiKey) }
}

export function hashApiKey(apiKey: string): Uint8Array {
  return hashToken(apiKey)
}

export function revealApiKey(secrets: Secrets, apiKeySealed: string): string {
  return secrets.unseal('api-key', apiKeySealed)
}
