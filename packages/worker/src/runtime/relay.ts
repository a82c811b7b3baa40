import type { Context } from '@manyhands/shared/context/context'
import { isConnectionFailure } from '@manyhands/shared/db/failures'
import { UnavailableError } from '@manyhands/shared/errors/errors'
import type { Metrics } from './metrics.ts'
import { pause } from './pause.ts'
import { BATCH_ROWS, relayBatch } from './relay-batch.ts'
import type { Topic } from './topic.ts'

const IDLE_MS = 200
const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 5_000

/** Empties the outbox for as long as the process runs. A loop and no job, because it is what brings the
 *  jobs back when Redis has lost them. */
export class Relay {
  readonly #ctx: Context
  readonly #topics: Topic[]
  readonly #metrics: Metrics
  readonly #stop = new AbortController()
  #running: Promise<void> | undefined

  constructor(ctx: Context, topics: Topic[], metrics: Metrics) {
    this.#ctx = ctx
    this.#topics = topics
    this.#metrics = metrics
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Ends after the batch that is being moved. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    let failures = 0
    let passOver: number[] = []
    while (!this.#stop.signal.aborted) {
      try {
        const { taken, busy, relayed } = await relayBatch(this.#ctx, this.#topics, passOver)
        if (failures > 0) this.#ctx.log.info('the outbox is relayed again')
        failures = 0
        this.#metrics.relayed(relayed)
        const more = taken === BATCH_ROWS
        // What is behind the rows of busy projects has its turn at once, they themselves after a rest.
        passOver = more ? [...new Set([...passOver, ...busy])] : []
        if (!more) await pause(IDLE_MS, this.#stop.signal)
      } catch (error) {
        this.#metrics.relayFailed()
        this.#say(error, failures)
        await pause(Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS), this.#stop.signal)
        failures += 1
      }
    }
  }

  /** Once when a server goes away; whatever else it is, every time. */
  #say(error: unknown, failures: number): void {
    const away = isConnectionFailure(error) || error instanceof UnavailableError
    if (!away)
      this.#ctx.log.error({ err: error }, 'a batch of the outbox failed and is tried again')
    else if (failures === 0) this.#ctx.log.warn({ err: error }, 'the outbox waits for its servers')
  }
}
