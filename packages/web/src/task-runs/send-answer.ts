import { ApiError } from '@manyhands/shared/client/api-errors'
import { TaskRun } from '@manyhands/shared/task-runs/contract'
import { api } from '../api/api.ts'
import { requestTask } from '../tasks/queries.ts'
import type { PendingAnswer } from './answer-store.ts'

const SEND_TIMEOUT_MS = 15_000

/** Delivers one answer. A lease that has run out meanwhile (a laptop closed over lunch, an account
 *  made between) is asked for anew, once. */
export async function sendAnswer(answer: PendingAnswer): Promise<TaskRun> {
  try {
    return await post(answer)
  } catch (error) {
    if (!isLeaseGone(error)) throw error
    await requestTask(answer.run.project_id, answer.run.task_id)
    return await post(answer)
  }
}

function post({ key, run }: PendingAnswer): Promise<TaskRun> {
  return api.post('/taskrun', TaskRun, {
    body: run,
    headers: { 'Idempotency-Key': key },
    keepalive: true,
    timeoutMs: SEND_TIMEOUT_MS,
  })
}

/** The contract has no code of its own for it: the original's sentence is what clients go by
 *  (rest-api.md section 4.3). */
function isLeaseGone(error: unknown): boolean {
  return (
    error instanceof ApiError && error.status === 403 && /request a task first/i.test(error.message)
  )
}
