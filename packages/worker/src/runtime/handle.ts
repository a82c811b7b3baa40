import type { Context } from '@manyhands/shared/context/context'
import type { Job } from '@manyhands/shared/queues/job'
import { PermanentError } from '@manyhands/shared/queues/permanent-error'
import type { z } from 'zod'

/** The context of one run of a job. */
export interface JobContext extends Context {
  /** Aborted when the run should end now: the worker stops, or another worker has the job. Work that takes
   *  long throws the signal's reason; the job is then run again later. */
  signal: AbortSignal
}

/** How far a job is, shown to people. */
export interface JobProgress {
  done: number
  total: number | null
}
export type ReportProgress = (progress: JobProgress) => void

type Work<Payload> = (ctx: JobContext, payload: Payload, progress: ReportProgress) => Promise<void>

/** A kind of job and what does it. */
export interface JobHandler {
  job: Job
  run: Work<unknown>
  /** Called after the last try has failed. */
  givenUp: (ctx: Context, payload: unknown, error: Error) => Promise<void>
}

/** Joins a job's contract and its work: the payload is parsed before the work sees it. An error is tried
 *  again with backoff (JOB_DEFAULTS), a PermanentError ends the job at once. `givenUp` tells whoever
 *  waits that there will be no further try. */
export function handle<Payload extends z.ZodType>(
  job: Job<Payload>,
  work: Work<z.infer<Payload>>,
  givenUp: (
    ctx: Context,
    payload: z.infer<Payload>,
    error: Error,
  ) => Promise<void> = async () => {},
): JobHandler {
  return {
    job,
    async run(ctx, data, progress) {
      const payload = job.payload.safeParse(data)
      if (!payload.success) {
        throw new PermanentError(`The payload of ${job.name} is not valid`, {
          cause: payload.error,
        })
      }
      await work(ctx, payload.data, progress)
    },
    async givenUp(ctx, data, error) {
      const payload = job.payload.safeParse(data)
      if (payload.success) await givenUp(ctx, payload.data, error)
    },
  }
}
