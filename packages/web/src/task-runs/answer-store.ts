import type { SubmitTaskRun } from '@manyhands/shared/task-runs/contract'
import { createStore, del, set, values } from 'idb-keyval'

/** An answer that the server has not acknowledged yet. */
export interface PendingAnswer {
  /** The `Idempotency-Key`: however often it is sent, it is stored once. */
  key: string
  run: SubmitTaskRun
  /** The account that gave it; null without one. It is never sent as somebody else. */
  accountId: number | null
  /** Milliseconds since 1970; answers are sent in this order. */
  givenAt: number
  /** The server's reason for never taking it. */
  refusal?: string
}

export interface AnswerStore {
  list(): Promise<PendingAnswer[]>
  put(answer: PendingAnswer): Promise<void>
  remove(key: string): Promise<void>
}

/** Answers in IndexedDB, one record each, so that two tabs do not overwrite one another's. */
export function openAnswerStore(): AnswerStore {
  const store = createStore('manyhands-answers', 'pending')
  return {
    list: () => values<PendingAnswer>(store),
    put: (answer) => set(answer.key, answer, store),
    remove: (key) => del(key, store),
  }
}
