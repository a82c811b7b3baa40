import { MAIL_ORDERED, MailOrdered } from '@manyhands/shared/mails/events'
import { sendMail } from '@manyhands/shared/mails/jobs'
import { defineTopic } from '../runtime/topic.ts'

/** A mail whose occasion is committed: it is sent. */
export const mailOrderedTopic = defineTopic({
  name: MAIL_ORDERED,
  payload: MailOrdered,
  enqueue: (producer, events) =>
    producer.enqueueAll(
      sendMail,
      events.map(({ id, payload }) => ({ id: `outbox-${id}`, payload })),
    ),
})
