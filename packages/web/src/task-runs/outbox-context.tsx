import type { Session } from '@manyhands/shared/sessions/contract'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useSyncExternalStore } from 'react'
import { taskQueries } from '../tasks/queries.ts'
import { userQueries } from '../users/queries.ts'
import { AnswerOutbox, type OutboxState } from './answer-outbox.ts'
import { openAnswerStore } from './answer-store.ts'
import { sendAnswer } from './send-answer.ts'

const OutboxContext = createContext<AnswerOutbox | null>(null)
export const OutboxProvider = OutboxContext.Provider

/** The outbox of this tab. It lives as long as the page, whatever is shown. */
export function startOutbox(queryClient: QueryClient): AnswerOutbox {
  const sessionKey = userQueries.session().queryKey
  const accountId = () => {
    const session = queryClient.getQueryData<Session>(sessionKey)
    return session ? (session.user?.id ?? null) : undefined
  }
  const outbox = new AnswerOutbox({
    store: openAnswerStore(),
    send: sendAnswer,
    accountId,
    // The count went up when the answer was given.
    onRefused: () => void queryClient.invalidateQueries({ queryKey: taskQueries.all }),
  })
  addEventListener('online', () => void outbox.sendNow())
  // Once the session is known, and again when somebody else signs in.
  let knownAccount: number | null | undefined
  queryClient.getQueryCache().subscribe(() => {
    if (accountId() === knownAccount) return
    knownAccount = accountId()
    void outbox.load()
  })
  return outbox
}

export function useOutbox(): AnswerOutbox {
  const outbox = useContext(OutboxContext)
  if (!outbox) throw new Error('useOutbox is used outside OutboxProvider')
  return outbox
}

export function useOutboxState(): OutboxState {
  const outbox = useOutbox()
  return useSyncExternalStore(outbox.subscribe, outbox.getState)
}
