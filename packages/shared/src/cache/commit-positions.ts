import type { Redis } from 'ioredis'
import { formatLsn, type Lsn, parseLsn } from '../db/lsn.ts'

/** Longer than a replica may lag and still be read. */
const LIFE_SECONDS = 60
const NEAR_ENTRIES = 10_000

/** Up to where each caller has written: reads of theirs go to a replica that has come that far. Shared
 *  by all processes through Redis; with Redis away this process still knows its own callers, and for
 *  anybody else `recall` says `unknown`: then the primary is read. */
export class CommitPositions {
  readonly #redis: Redis
  readonly #prefix: string
  readonly #near = new Map<string, Lsn>()

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis
    this.#prefix = `${prefix}:position:`
  }

  async remember(caller: string, position: Lsn): Promise<void> {
    this.#near.delete(caller)
    this.#near.set(caller, position)
    if (this.#near.size > NEAR_ENTRIES) {
      const oldest = this.#near.keys().next()
      if (!oldest.done) this.#near.delete(oldest.value)
    }
    await this.#redis
      .set(this.#prefix + caller, formatLsn(position), 'EX', LIFE_SECONDS)
      .catch(() => {})
  }

  async recall(caller: string): Promise<Lsn | 'unknown' | undefined> {
    const near = this.#near.get(caller)
    try {
      const text = await this.#redis.get(this.#prefix + caller)
      const far = text ? parseLsn(text) : undefined
      return far !== undefined && (near === undefined || far > near) ? far : near
    } catch {
      return near ?? 'unknown'
    }
  }
}
