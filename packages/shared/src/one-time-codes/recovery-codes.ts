import { randomInt } from 'node:crypto'
import type { Secrets } from '../secrets/secrets.ts'
import { RECOVERY_ALPHABET, RECOVERY_CODES, RECOVERY_LENGTH } from './rules.ts'

export function createRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: RECOVERY_LENGTH }, () =>
      RECOVERY_ALPHABET.charAt(randomInt(RECOVERY_ALPHABET.length)),
    ).join(''),
  )
}

/** Keyed: fifty bits could be tried out on a copy of the table, but not without the server's secret. */
export function hashRecoveryCode(secrets: Secrets, userId: number, code: string): string {
  return secrets.sign('recovery-code', `${userId}:${code}`)
}
