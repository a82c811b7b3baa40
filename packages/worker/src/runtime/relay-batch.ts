import type { Context } from '@manyhands/shared/context/context'
import type { Writer } from '@manyhands/shared/db/types'
import {
  deleteOutboxRows,
  type OutboxRow,
  takeOutboxRows,
} from '@manyhands/shared/outbox/repository'
import { lockProjectStats } from '@manyhands/shared/stats/count-task-runs'
import type { AnyPayload, OutboxEvent, Topic } from './topic.ts'

export const BATCH_ROWS = 1_000

export interface RelayedBatch {
  /** Rows looked at: fewer than asked for when there are no more. */
  taken: number
  /** Rows that are gone now, with all that followed from them done. */
  relayed: number
  /** Projects whose rows stay for later, since somebody else holds their counters. */
  busy: number[]
}

type Event = OutboxEvent<AnyPayload>

/** Moves one batch of the outbox: counters, jobs and the deletion of the rows are one transaction. When
 *  anything fails, Redis included, all of it is as before and can be tried again; jobs that were queued
 *  by then are queued under the same ids. Any number of relays may do this at the same time. */
export async function relayBatch(
  ctx: Context,
  topics: Topic[],
  notOfProjects: number[] = [],
): Promise<RelayedBatch> {
  const { batch, counted } = await ctx.db.primary.transaction(async (tx) => {
    const names = topics.map(({ name }) => name)
    const rows = await takeOutboxRows(tx, { topics: names, limit: BATCH_ROWS, notOfProjects })
    const events = parseEvents(ctx, topics, rows)
    const projects = countedProjects(events)
    const { locked, gone } = await lockProjectStats(tx, projects)
    const busy = projects.filter((id) => !locked.has(id) && !gone.has(id))
    const waiting = new Set<number>()
    for (const [topic, all] of events) {
      const held = topic.count ? all.filter((event) => isOf(busy, event)) : []
      for (const { id } of held) waiting.add(id)
      const now = all.filter((event) => !waiting.has(event.id) && !isOf([...gone], event))
      await relay(ctx, tx, topic, now)
    }
    const done = rows.filter(({ id }) => !waiting.has(id))
    await deleteOutboxRows(
      tx,
      done.map(({ id }) => id),
    )
    return { batch: { taken: rows.length, relayed: done.length, busy }, counted: [...locked] }
  })
  if (counted.length > 0) await ctx.cache.drop(...counted.map((id) => `project:${id}`))
  return batch
}

async function relay(ctx: Context, tx: Writer, topic: Topic, events: Event[]): Promise<void> {
  if (events.length === 0) return
  // Jobs first: with Redis away nothing else was done in vain.
  await topic.enqueue?.(ctx.producer, events)
  await topic.count?.(
    tx,
    events.map(({ payload }) => payload),
  )
}

function isOf(projectIds: number[], { payload }: Event): boolean {
  return payload.projectId !== undefined && projectIds.includes(payload.projectId)
}

function parseEvents(ctx: Context, topics: Topic[], rows: OutboxRow[]): Map<Topic, Event[]> {
  const events = new Map<Topic, Event[]>(topics.map((topic) => [topic, []]))
  const byName = new Map(topics.map((topic) => [topic.name, topic]))
  for (const { id, topic: name, payload } of rows) {
    const topic = byName.get(name)
    const parsed = topic?.payload.safeParse(payload)
    if (topic && parsed?.success) events.get(topic)?.push({ id, payload: parsed.data })
    // It would stop every row behind it: it goes, and the sweeps make up for it.
    else
      ctx.log.error({ outboxId: id, topic: name }, 'an outbox row cannot be read and was dropped')
  }
  return events
}

function countedProjects(events: Map<Topic, Event[]>): number[] {
  const counted = [...events].filter(([topic]) => topic.count).flatMap(([, all]) => all)
  return [...new Set(counted.flatMap(({ payload }) => payload.projectId ?? []))]
}
