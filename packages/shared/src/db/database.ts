import { setTimeout as wait } from 'node:timers/promises'
import type { Log } from '../log/log.ts'
import { type ConnectionOptions, connect, type SqlClient } from './connection.ts'
import { isConnectionFailure, isReplayConflict } from './failures.ts'
import { type Lsn, parseLsn } from './lsn.ts'
import { Replica } from './replica.ts'
import { inSnapshot } from './snapshot.ts'
import type { Reader, Writer } from './types.ts'

export interface DatabaseOptions extends ConnectionOptions {
  primaryUrl: string
  replicaUrls: string[]
  /** A replica further behind than this is not read, milliseconds. */
  maxLagMs: number
  log: Log
}

const MEASURE_EVERY_MS = 500
/** How long a replica that failed is left alone before it is tried again. */
const PENALTY_MS = 2_000
/** How long a long read waits for a replica to come as far as it must, and how often it looks. */
const CATCH_UP_MS = 2_000
const CATCH_UP_POLL_MS = 50
/** Positions remembered: enough for a lag of a minute. */
const SAMPLES = 120

/** The primary and its replicas. Writes and what decides them go to `primary`; `read` chooses. */
export class Database {
  readonly primary: Writer
  readonly primarySql: SqlClient
  readonly #replicas: Replica[]
  readonly #options: DatabaseOptions
  readonly #samples: Array<{ at: number; position: Lsn }> = []
  #timer: NodeJS.Timeout | undefined
  #measuring: Promise<void> | undefined
  #next = 0

  constructor(options: DatabaseOptions) {
    this.#options = options
    const primary = connect(options.primaryUrl, options)
    this.primary = primary.db
    this.primarySql = primary.sql
    this.#replicas = options.replicaUrls.map((url) => {
      const { sql, db } = connect(url, options)
      return new Replica(sql, db)
    })
    if (this.#replicas.length > 0) this.#measureAgain()
  }

  /** Runs `query` on a replica that is close enough behind and, with `position`, has replayed the
   *  caller's own last write; else on the primary. A replica that fails costs a second try on the
   *  primary, nothing more: `query` must therefore only read. */
  async read<T>(query: (db: Reader) => Promise<T>, position?: Lsn): Promise<T> {
    const replica = await this.#choose(position)
    if (!replica) return query(this.primary)
    try {
      return await query(replica.db)
    } catch (error) {
      if (!isConnectionFailure(error) && !isReplayConflict(error)) throw error
      this.#takeOut(replica, error)
      return await query(this.primary)
    }
  }

  /** Runs `work` in a transaction that sees one moment, however long it takes: on a replica that has
   *  replayed `position`, else on the primary. A replica that fails costs a second run on the primary,
   *  from the start: `work` must only read, and must bear being run twice. */
  async readTransaction<T>(work: (tx: Reader) => Promise<T>, position?: Lsn): Promise<T> {
    const replica = await this.#awaitReplica(position)
    if (!replica) return inSnapshot(this.primary, work)
    try {
      return await inSnapshot(replica.db, work)
    } catch (error) {
      if (!isConnectionFailure(error) && !isReplayConflict(error)) throw error
      this.#takeOut(replica, error)
      return await inSnapshot(this.primary, work)
    }
  }

  /** A position that every commit acknowledged so far lies before. */
  async commitPosition(): Promise<Lsn> {
    const [row] = await this.primarySql`select pg_current_wal_lsn()::text as position`
    return parseLsn(String(row?.position))
  }

  /** Replicas that reads may go to now, and the lag of each, milliseconds. */
  replicaStates(): Array<{ usable: boolean; lagMs: number }> {
    const now = Date.now()
    return this.#replicas.map((replica) => ({
      usable: replica.isUsable(this.#options.maxLagMs, now),
      lagMs: replica.lagMs,
    }))
  }

  /** Throws when the primary does not answer. */
  async ping(): Promise<void> {
    await this.primarySql`select 1`
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#measuring
    clearTimeout(this.#timer)
    await Promise.all([
      this.primarySql.end({ timeout: 5 }),
      ...this.#replicas.map((r) => r.close()),
    ])
  }

  async #choose(position: Lsn | undefined): Promise<Replica | undefined> {
    const now = Date.now()
    const count = this.#replicas.length
    for (let tried = 0; tried < count; tried++) {
      const replica = this.#replicas[this.#next++ % count]
      if (!replica?.isUsable(this.#options.maxLagMs, now)) continue
      if (position === undefined) return replica
      try {
        if (await replica.hasReplayed(position)) return replica
      } catch (error) {
        this.#takeOut(replica, error)
      }
    }
    return undefined
  }

  async #awaitReplica(position: Lsn | undefined): Promise<Replica | undefined> {
    const deadline = Date.now() + CATCH_UP_MS
    for (;;) {
      const replica = await this.#choose(position)
      const worthWaiting = this.replicaStates().some(({ usable }) => usable)
      if (replica || !worthWaiting || Date.now() >= deadline) return replica
      await wait(CATCH_UP_POLL_MS)
    }
  }

  #takeOut(replica: Replica, error: unknown): void {
    const now = Date.now()
    const wasUsable = replica.isUsable(this.#options.maxLagMs, now)
    replica.takeOut(now + PENALTY_MS)
    if (wasUsable)
      this.#options.log.warn({ err: error }, 'replica taken out, reading from the primary')
  }

  #measureAgain(): void {
    this.#measuring = this.#measure().finally(() => {
      this.#timer = setTimeout(() => this.#measureAgain(), MEASURE_EVERY_MS)
      this.#timer.unref()
    })
  }

  async #measure(): Promise<void> {
    try {
      const at = Date.now()
      this.#samples.push({ at, position: await this.commitPosition() })
      if (this.#samples.length > SAMPLES) this.#samples.shift()
    } catch {
      // The primary is away: the replicas are measured against what is known of it.
    }
    await Promise.all(
      this.#replicas.map(async (replica) => {
        try {
          await replica.measure(this.#samples, Date.now())
        } catch (error) {
          this.#takeOut(replica, error)
        }
      }),
    )
  }
}
