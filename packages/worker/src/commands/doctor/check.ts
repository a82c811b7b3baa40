import { setTimeout as sleep } from 'node:timers/promises'
import { databaseError } from '@manyhands/shared/db/failures'

export interface Check {
  name: string
  ok: boolean
  detail: string
  /** What to do about it. */
  advice?: string
}

export type Finding = Omit<Check, 'name'>

const PATIENCE_MS = 10_000

/** Runs one check. Whatever it throws, or taking too long, is a finding as well. */
export async function examine(name: string, look: () => Promise<Finding>): Promise<Check> {
  const limit = new AbortController()
  try {
    const finding = await Promise.race([
      look(),
      sleep(PATIENCE_MS, undefined, { signal: limit.signal }).then(() => TOO_SLOW),
    ])
    return { name, ...finding }
  } catch (error) {
    return { name, ok: false, detail: reasonOf(error) }
  } finally {
    limit.abort()
  }
}

const TOO_SLOW: Finding = {
  ok: false,
  detail: `no answer within ${PATIENCE_MS / 1_000} seconds`,
  advice: 'Is it overloaded, or does a firewall drop the connection?',
}

/** Codes are short and hold no data; messages of connection errors are often empty. */
export function reasonOf(error: unknown): string {
  const code = databaseError(error)?.code
  const message = error instanceof Error ? error.message : String(error)
  return code === undefined || message.startsWith(code) ? message : `${code}: ${message}`
}
