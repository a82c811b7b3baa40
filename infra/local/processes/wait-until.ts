import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again every `everyMs` until the probe answers something truthy and gives that back, or undefined
 *  after `timeoutMs`. An error of the probe is not caught: it ends the waiting. */
export async function waitUntil<T>(
  probe: () => T | Promise<T>,
  { timeoutMs, everyMs = 25 }: { timeoutMs: number; everyMs?: number },
): Promise<T | undefined> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await probe()
    if (answer) return answer
    if (Date.now() >= deadline) return undefined
    await sleep(everyMs)
  }
}
