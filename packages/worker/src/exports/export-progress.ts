import type { Claim } from '@manyhands/shared/exports/repository'
import { recordProgress } from '@manyhands/shared/exports/repository'
import type { JobContext, ReportProgress } from '../runtime/handle.ts'

/** The export was cancelled, or another worker has taken it over. */
export class ClaimLostError extends Error {
  constructor() {
    super('the export was cancelled or taken over')
    this.name = 'ClaimLostError'
  }
}

const EVERY_MS = 500

/** Writes twice a second how far an export is, also while nothing moves: each time it learns whether the
 *  work is still wanted. */
export class ExportProgress {
  /** Aborted when the work is to end, with the reason to throw. */
  readonly signal: AbortSignal
  readonly #ctx: JobContext
  readonly #claim: Claim
  readonly #report: ReportProgress
  readonly #lost = new AbortController()
  readonly #timer: NodeJS.Timeout
  #recording = false
  #read = 0
  #most = 0
  #total: number | null = null

  constructor(ctx: JobContext, claim: Claim, report: ReportProgress) {
    this.#ctx = ctx
    this.#claim = claim
    this.#report = report
    this.signal = AbortSignal.any([ctx.signal, this.#lost.signal])
    this.#timer = setInterval(() => void this.#record(), EVERY_MS)
  }

  /** A pass over the rows begins. */
  start(total: number): void {
    this.#total = total
    this.#read = 0
  }

  add(rows: number): void {
    this.#read += rows
    // A second pass does not walk backwards.
    this.#most = Math.min(Math.max(this.#most, this.#read), this.#total ?? this.#read)
  }

  /** Rows of the export, which the pass that has just ended has read. */
  get total(): number {
    return this.#total ?? this.#most
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  async #record(): Promise<void> {
    if (this.#recording) return
    this.#recording = true
    this.#report({ done: this.#most, total: this.#total })
    try {
      const counts = { rowsDone: this.#most, rowsTotal: this.#total }
      const held = await recordProgress(this.#ctx.db.primary, this.#claim, counts)
      if (!held) this.#lost.abort(new ClaimLostError())
    } catch (error) {
      this.#ctx.log.debug({ err: error }, 'progress could not be recorded')
    } finally {
      this.#recording = false
    }
  }
}
