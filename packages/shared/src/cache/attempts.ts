import type { Redis } from 'ioredis'
import { RateLimitedError } from '../errors/errors.ts'
import { run } from './cache.ts'

/** How often something secret may be tried. */
export interface AttemptRule {
  tries: number
  windowSeconds: number
}

interface Count {
  taken: number
  until: number
}

const MEMORY_ENTRIES = 10_000

/** Counts tries at something secret (a password, a code), so that nobody guesses it. A try is taken
 *  before the secret is looked at, so that many at once cannot slip through; success gives them back.
 *  With Redis away this process counts alone. */
export class Attempts {
  readonly #redis: Redis
  readonly #prefix: string
  readonly #memory = new Map<string, Count>()

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis
    this.#prefix = prefix
  }

  /** Throws RateLimitedError once the tries of the window are used up. */
  async take(key: string, { tries, windowSeconds }: AttemptRule): Promise<void> {
    const { taken, until } = await this.#count(key, windowSeconds)
    if (taken <= tries) return
    const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1_000))
    throw new RateLimitedError(seconds, `Too many tries: wait ${inWords(seconds)} and try again`)
  }

  async clear(key: string): Promise<void> {
    this.#memory.delete(key)
    await this.#redis.del(this.#key(key)).catch(() => {})
  }

  async #count(key: string, windowSeconds: number): Promise<Count> {
    const name = this.#key(key)
    try {
      const [, taken, leftMs] = await run(
        this.#redis.multi().set(name, 0, 'EX', windowSeconds, 'NX').incr(name).pttl(name),
      )
      return { taken: Number(taken), until: Date.now() + Number(leftMs) }
    } catch {
      return this.#countHere(key, windowSeconds)
    }
  }

  #countHere(key: string, windowSeconds: number): Count {
    const now = Date.now()
    const known = this.#memory.get(key)
    const count =
      known && known.until > now
        ? { ...known, taken: known.taken + 1 }
        : { taken: 1, until: now + windowSeconds * 1_000 }
    this.#memory.delete(key)
    this.#memory.set(key, count)
    if (this.#memory.size > MEMORY_ENTRIES) {
      const oldest = this.#memory.keys().next()
      if (!oldest.done) this.#memory.delete(oldest.value)
    }
    return count
  }

  #key(key: string): string {
    return `${this.#prefix}:attempts:${key}`
  }
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
