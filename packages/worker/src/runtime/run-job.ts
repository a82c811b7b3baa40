import type { Context } from '@manyhands/shared/context/context'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import { type Job as QueuedJob, UnrecoverableError, WaitingError } from 'bullmq'
import type { JobHandler, JobProgress } from './handle.ts'
import type { Metrics, Outcome } from './metrics.ts'

/** The reason of a signal that ends runs because this worker stops. */
export class WorkerStopsError extends Error {
  constructor() {
    super('the worker stops')
    this.name = 'WorkerStopsError'
  }
}

const PROGRESS_EVERY_MS = 500

/** One run of a queued job by its handler, in the terms of BullMQ. */
export async function runJob(
  ctx: Context,
  metrics: Metrics,
  handler: JobHandler,
  queued: QueuedJob,
  signal: AbortSignal,
): Promise<void> {
  const log = ctx.log.child({ job: queued.name, jobId: queued.id })
  const end = metrics.startJob(queued.name)
  try {
    await handler.run({ ...ctx, log, signal }, queued.data, reportTo(queued))
    end('done')
  } catch (error) {
    if (signal.aborted && signal.reason instanceof WorkerStopsError) {
      end('returned')
      await queued.moveToWait(queued.token)
      throw new WaitingError()
    }
    const outcome = outcomeOf(error, queued)
    end(outcome)
    log[outcome === 'failed' ? 'error' : 'warn']({ err: error }, `job ${outcome}`)
    if (!(error instanceof PermanentError)) throw error
    throw Object.assign(new UnrecoverableError(error.message), { cause: error })
  }
}

/** Whether a job that failed with `error` will be run no more. */
export function isFinal(error: unknown, attemptsMade: number, queued: QueuedJob): boolean {
  if (error instanceof PermanentError || error instanceof UnrecoverableError) return true
  return attemptsMade >= (queued.opts.attempts ?? 1)
}

function outcomeOf(error: unknown, queued: QueuedJob): Outcome {
  return isFinal(error, queued.attemptsMade + 1, queued) ? 'failed' : 'retried'
}

/** Passes progress on, but not more often than anybody looks. */
function reportTo(queued: QueuedJob): (progress: JobProgress) => void {
  let next = 0
  return (progress) => {
    const now = Date.now()
    if (now < next) return
    next = now + PROGRESS_EVERY_MS
    // For people to look at: with Redis away the work goes on.
    queued.updateProgress(progress).catch(() => {})
  }
}
