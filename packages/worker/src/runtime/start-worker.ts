import type { Context } from '@manyhands/shared/context/context'
import { keepSchedules, type Schedule } from './declare-schedules.ts'
import type { JobHandler } from './handle.ts'
import { startHealthServer } from './health-server.ts'
import { createMetrics } from './metrics.ts'
import { type QueueOptions, QueueWorkers } from './queue-workers.ts'
import { Relay } from './relay.ts'
import type { Topic } from './topic.ts'

/** All that a worker does. */
export interface Duties {
  handlers: JobHandler[]
  topics: Topic[]
  schedules: Schedule[]
}

export interface RunningWorker {
  /** Where `/healthz` and its siblings answer; undefined when WORKER_HEALTH_PORT is 0. */
  healthPort: number | undefined
  /** Takes nothing new, lets what runs end within `graceMs` or gives it back in another `graceMs`. */
  stop: (graceMs: number) => Promise<void>
}

/** Starts the queues' workers, the relay, the schedules and the health server. PostgreSQL and Redis may be
 *  away: each part waits for them. Throws when the port of the health server is taken. */
export async function startWorker(
  ctx: Context,
  { handlers, topics, schedules }: Duties,
  options?: QueueOptions,
): Promise<RunningWorker> {
  const metrics = createMetrics(ctx)
  const { HOST, WORKER_HEALTH_PORT: port } = ctx.config
  let queues: QueueWorkers | undefined
  const isReady = async () => {
    await Promise.all([ctx.db.ping(), ctx.redis.ping()])
    return queues?.areRunning ?? false
  }
  const health =
    port === 0
      ? undefined
      : await startHealthServer({ registry: metrics.registry, isReady }, HOST, port)
  queues = new QueueWorkers(ctx, handlers, metrics, options)
  const started = queues
  const relay = new Relay(ctx, topics, metrics)
  relay.start()
  const stopSchedules = keepSchedules(ctx, schedules)
  return {
    healthPort: health?.port,
    async stop(graceMs) {
      await Promise.all([stopSchedules(), relay.stop(), started.close(graceMs)])
      await health?.close()
    },
  }
}
