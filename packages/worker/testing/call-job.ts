import type { Context } from '@manyhands/shared/context/context'
import type { JobHandler, JobProgress } from '../src/runtime/handle.ts'

/** Runs a job once as a function, without a queue. Returns the progress that it reported. */
export async function callJob(
  ctx: Context,
  handler: JobHandler,
  payload: unknown,
  signal = new AbortController().signal,
): Promise<JobProgress[]> {
  const reported: JobProgress[] = []
  await handler.run({ ...ctx, signal }, payload, (progress) => reported.push(progress))
  return reported
}
