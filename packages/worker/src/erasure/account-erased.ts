import { ACCOUNT_ERASED, AccountErased } from '@manyhands/shared/erasure/events'
import { eraseAccount } from '@manyhands/shared/erasure/jobs'
import { defineTopic } from '../runtime/topic.ts'

/** An account is gone: what points to it follows. */
export const accountErasedTopic = defineTopic({
  name: ACCOUNT_ERASED,
  payload: AccountErased,
  enqueue: (producer, events) =>
    producer.enqueueAll(
      eraseAccount,
      events.map(({ id, payload }) => ({ id: `outbox-${id}`, payload })),
    ),
})
