import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 30_000

/** Asks again and again until there is an answer. Throws when there is none in time. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const until = Date.now() + PATIENCE_MS
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > until) throw new Error(`${what}: not within ${PATIENCE_MS / 1_000} seconds`)
    await sleep(100)
  }
}
