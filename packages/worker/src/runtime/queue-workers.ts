import { setTimeout as wait } from 'node:timers/promises'
import { connectRedis } from '@manyhands/shared/cache/redis'
import type { Context } from '@manyhands/shared/context/context'
import { QUEUES, type QueueName } from '@manyhands/shared/queues/job'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { queuePrefix } from '@manyhands/shared/queues/producer'
import { type Job as QueuedJob, Worker } from 'bullmq'
import type { JobHandler } from './handle.ts'
import type { Metrics } from './metrics.ts'
import { isFinal, runJob, WorkerStopsError } from './run-job.ts'

export interface QueueOptions {
  /** A job whose worker has not been heard of for so long is given to another, milliseconds. */
  lockMs: number
  /** How often workers look for such jobs, milliseconds. */
  stalledCheckMs: number
}

export const QUEUE_DEFAULTS: QueueOptions = { lockMs: 10_000, stalledCheckMs: 5_000 }

/** A job that took its worker with it more often than this is given up. */
const MAX_STALLS = 2

/** Takes jobs from every queue and gives them to their handlers. */
export class QueueWorkers {
  readonly #ctx: Context
  readonly #handlers: Map<string, JobHandler>
  readonly #metrics: Metrics
  readonly #options: QueueOptions
  readonly #connections: Array<ReturnType<typeof connectRedis>> = []
  readonly #workers: Worker[]
  readonly #stop = new AbortController()
  readonly #unfinished = new Set<Promise<void>>()

  constructor(ctx: Context, handlers: JobHandler[], metrics: Metrics, options = QUEUE_DEFAULTS) {
    this.#ctx = ctx
    this.#handlers = new Map(handlers.map((handler) => [handler.job.name, handler]))
    this.#metrics = metrics
    this.#options = options
    this.#workers = QUEUES.map((queue) => this.#open(queue))
  }

  get areRunning(): boolean {
    return this.#workers.every((worker) => worker.isRunning())
  }

  /** Takes no more jobs. Those that run have `graceMs` to end; after that they are told to, and have
   *  `graceMs` more to be given back. What is left even then is found by another worker as stalled. */
  async close(graceMs: number): Promise<void> {
    const closed = Promise.allSettled(this.#workers.map((worker) => worker.close()))
    await Promise.race([closed, wait(graceMs, undefined, { ref: false })])
    this.#stop.abort(new WorkerStopsError())
    await Promise.race([closed, wait(graceMs, undefined, { ref: false })])
    await Promise.allSettled(this.#unfinished)
    for (const connection of this.#connections) connection.disconnect()
  }

  #open(queue: QueueName): Worker {
    const { config, log } = this.#ctx
    const connection = connectRedis(config, 'patient', log)
    this.#connections.push(connection)
    const worker = new Worker(queue, this.#process, {
      connection,
      prefix: queuePrefix(config.REDIS_PREFIX),
      concurrency: queue === 'bulk' ? 1 : config.WORKER_CONCURRENCY,
      lockDuration: this.#options.lockMs,
      stalledInterval: this.#options.stalledCheckMs,
      maxStalledCount: MAX_STALLS,
    })
    // The connection itself says when Redis goes away.
    worker.on('error', (error) => log.debug({ err: error, queue }, 'queue worker'))
    worker.on('lockRenewalFailed', (ids) => {
      for (const id of ids) worker.cancelJob(id, 'another worker has the job')
    })
    worker.on('failed', (queued, error) => this.#onFailed(queued, error))
    return worker
  }

  /** Three parameters: BullMQ makes a signal only for a function that asks for one. */
  readonly #process = async (
    queued: QueuedJob,
    _token: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> => {
    const handler = this.#handlers.get(queued.name)
    // Tried again later: the worker of the newer release may get it then.
    if (!handler) throw new Error(`there is no handler for ${queued.name} in this release`)
    const signals = signal ? [signal, this.#stop.signal] : [this.#stop.signal]
    await runJob(this.#ctx, this.#metrics, handler, queued, AbortSignal.any(signals))
  }

  #onFailed(queued: QueuedJob | undefined, error: Error): void {
    const handler = queued && this.#handlers.get(queued.name)
    if (!handler || !isFinal(error, queued.attemptsMade, queued)) return
    const { log } = this.#ctx
    const reason = error.cause instanceof PermanentError ? error.cause : error
    const told = handler.givenUp(this.#ctx, queued.data, reason).catch((cause: unknown) => {
      log.error(
        { err: cause, job: queued.name, jobId: queued.id },
        'nobody could be told of a failure',
      )
    })
    this.#unfinished.add(told)
    void told.finally(() => this.#unfinished.delete(told))
  }
}
