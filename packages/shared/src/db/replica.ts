import type { SqlClient } from './connection.ts'
import { type Lsn, parseLsn } from './lsn.ts'
import type { Reader } from './types.ts'

/** One replica and what is known of it: how far it has replayed, and whether it may be used. */
export class Replica {
  readonly db: Reader
  readonly #sql: SqlClient
  #replayed: Lsn = 0n
  #outUntil = 0
  #lagMs = Number.POSITIVE_INFINITY

  constructor(sql: SqlClient, db: Reader) {
    this.#sql = sql
    this.db = db
  }

  get lagMs(): number {
    return this.#lagMs
  }

  isUsable(maxLagMs: number, now: number): boolean {
    return now >= this.#outUntil && this.#lagMs <= maxLagMs
  }

  /** Taken out for a while: the next reads do not wait for it. */
  takeOut(until: number): void {
    this.#outUntil = until
    this.#lagMs = Number.POSITIVE_INFINITY
  }

  /** Whether a read here sees a write that was committed at `position`. Asks the replica only when
   *  what is known does not settle it. */
  async hasReplayed(position: Lsn): Promise<boolean> {
    if (this.#replayed >= position) return true
    await this.#readPosition()
    return this.#replayed >= position
  }

  /** `samples`: positions of the primary with the time they were taken (ms), oldest first. The lag is
   *  the age of the newest position replayed here: right also while nobody writes. */
  async measure(samples: ReadonlyArray<{ at: number; position: Lsn }>, now: number): Promise<void> {
    await this.#readPosition()
    const newest = samples.findLast((sample) => sample.position <= this.#replayed)
    this.#lagMs = newest ? now - newest.at : Number.POSITIVE_INFINITY
  }

  /** Behind a balancer this may be the primary itself, when no replica is left. */
  async #readPosition(): Promise<void> {
    const [row] = await this.#sql`
      select case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
        else pg_current_wal_lsn() end::text as position`
    const position = parseLsn(String(row?.position))
    if (position > this.#replayed) this.#replayed = position
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: 2 })
  }
}
