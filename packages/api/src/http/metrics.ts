import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Env } from './env.ts'

/** The measurements of one API process, and its log of requests. */
export function createMetrics(ctx: PlatformContext) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route pattern',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'database_replica_lag_seconds',
    help: 'How far each replica is behind; -1 when unknown',
    labelNames: ['replica'],
    registers: [registry],
    collect() {
      for (const [at, { lagMs }] of ctx.db.replicaStates().entries()) {
        this.set({ replica: String(at) }, Number.isFinite(lagMs) ? lagMs / 1_000 : -1)
      }
    },
  })
  const measure = createMiddleware<Env>(async (c, next) => {
    const stop = duration.startTimer({ method: c.req.method })
    await next()
    // The last one that ran: behind it there may be one that catches everything.
    const route = routePath(c)
    const status = c.res.status
    const seconds = stop({ route, status: String(status) })
    // Each request only when somebody looks; refusals always. No address, no body, no query.
    const level = status >= 500 ? 'warn' : status >= 400 ? 'info' : 'debug'
    const facts = { method: c.req.method, route, status, ms: Math.round(seconds * 1_000) }
    ctx.log[level]({ ...facts, ...c.var.problem, request_id: c.var.requestId }, 'request')
  })
  return { registry, measure }
}
