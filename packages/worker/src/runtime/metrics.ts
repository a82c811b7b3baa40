import type { Context } from '@manyhands/shared/context/context'
import { measureOutbox } from '@manyhands/shared/outbox/repository'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** How a run of a job ended. `retried`: it failed and will be tried again; `returned`: given back for
 *  another worker, as this one stops. */
export type Outcome = 'done' | 'failed' | 'retried' | 'returned'

export interface Metrics {
  registry: Registry
  /** A job has begun; call what it returns at its end. */
  startJob: (job: string) => (outcome: Outcome) => void
  relayed: (rows: number) => void
  relayFailed: () => void
}

/** The measurements of one worker process; memory, CPU and event-loop delay among them. */
export function createMetrics(ctx: Context): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const jobs = new Counter({
    name: 'jobs_total',
    help: 'Runs of jobs, by how they ended',
    labelNames: ['job', 'outcome'],
    registers,
  })
  const duration = new Histogram({
    name: 'job_duration_seconds',
    help: 'How long a run of a job takes',
    labelNames: ['job'],
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800],
    registers,
  })
  const batches = new Counter({
    name: 'relay_batches_total',
    help: 'Batches of the outbox, by how they ended',
    labelNames: ['outcome'],
    registers,
  })
  const rows = new Counter({ name: 'relay_rows_total', help: 'Outbox rows relayed', registers })
  measureOutboxOn(ctx, registers)
  return {
    registry,
    startJob(job) {
      const stop = duration.startTimer({ job })
      return (outcome) => {
        stop()
        jobs.inc({ job, outcome })
      }
    },
    relayed(count) {
      batches.inc({ outcome: 'done' })
      rows.inc(count)
    },
    relayFailed: () => batches.inc({ outcome: 'failed' }),
  }
}

function measureOutboxOn(ctx: Context, registers: Registry[]): void {
  const oldest = new Gauge({
    name: 'outbox_oldest_seconds',
    help: 'How long the oldest row of the outbox has waited; absent while PostgreSQL is away',
    registers,
  })
  new Gauge({
    name: 'outbox_rows',
    help: 'Rows in the outbox; absent while PostgreSQL is away',
    registers,
    async collect() {
      this.remove()
      oldest.remove()
      try {
        const { rows, oldestSeconds } = await measureOutbox(ctx.db.primary)
        this.set(rows)
        oldest.set(oldestSeconds)
      } catch {
        // The rest of the measurements is worth having now in particular.
      }
    },
  })
}
