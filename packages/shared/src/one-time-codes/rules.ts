/** Digits and letters that are not taken for one another (Crockford's base 32). */
export const RECOVERY_ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** Fifty random bits; stored keyed with the server's secret, tried a few times an hour at most. */
export const RECOVERY_LENGTH = 10
export const RECOVERY_CODES = 10

export type ReadCode = { kind: 'one-time-code' | 'recovery-code'; code: string } | undefined

/** What somebody typed, however they spaced it; undefined for what can be no code. */
export function readCode(typed: string): ReadCode {
  const text = typed.toLowerCase().replace(/[\s-]/g, '')
  if (/^\d{6}$/.test(text)) return { kind: 'one-time-code', code: text }
  const code = text.replaceAll('o', '0').replace(/[il]/g, '1')
  const isRecovery =
    code.length === RECOVERY_LENGTH && [...code].every((c) => RECOVERY_ALPHABET.includes(c))
  return isRecovery ? { kind: 'recovery-code', code } : undefined
}

/** In two halves, as people copy it. */
export function showRecoveryCode(code: string): string {
  return `${code.slice(0, RECOVERY_LENGTH / 2)}-${code.slice(RECOVERY_LENGTH / 2)}`
}
