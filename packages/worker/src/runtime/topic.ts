import type { Writer } from '@manyhands/shared/db/types'
import type { Producer } from '@manyhands/shared/queues/producer'
import type { z } from 'zod'

/** One event of the outbox. `id` names the jobs that follow from it, so that queueing them twice is once. */
export interface OutboxEvent<Payload> {
  id: number
  payload: Payload
}

/** What every event may say: which project's counters it moves. */
export interface AnyPayload {
  projectId?: number | undefined
  [field: string]: unknown
}

/** What follows from one kind of event. */
export interface Topic<Payload extends AnyPayload = AnyPayload> {
  name: string
  payload: z.ZodType<Payload>
  /** Moves counters in PostgreSQL, in the transaction that takes the events away: exactly once. The
   *  projects' counters are locked. */
  count?: (tx: Writer, payloads: Payload[]) => Promise<void>
  /** Queues jobs: at least once. */
  enqueue?: (producer: Producer, events: Array<OutboxEvent<Payload>>) => Promise<void>
}

/** A topic among others: its functions are only ever given what its own `payload` has parsed, which is
 *  what makes the cast safe. */
export function defineTopic<Payload extends AnyPayload>(topic: Topic<Payload>): Topic {
  return topic as unknown as Topic
}
