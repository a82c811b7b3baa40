import { isIP } from 'node:net'
import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import type { Registry } from 'prom-client'
import { z } from 'zod'
import { Routes } from './routes.ts'

export interface Liveness {
  /** Set at the start of a shutdown: the balancer sends nothing new. */
  draining: boolean
}

const Alive = z.object({ status: z.literal('ok') }).meta({ id: 'Alive' })
const Readiness = z
  .object({
    status: z.enum(['ready', 'not ready']),
    /** No new requests, please: the process is about to stop. */
    draining: z.boolean(),
    database: z.boolean(),
    redis: z.boolean(),
    replicas: z.array(z.looseObject({})),
  })
  .meta({ id: 'Readiness' })

/** `/healthz`: the process lives. `/readyz`: it can serve. `/metrics`: Prometheus, from inside only. */
export function healthRoutes(ctx: PlatformContext, registry: Registry, liveness: Liveness) {
  return new Routes('health')
    .about('For balancers and monitoring. These need no account and are never limited.')
    .get(
      '/healthz',
      {
        operationId: 'checkAlive',
        summary: 'Whether the process lives',
        access: 'public',
        answer: Alive,
      },
      (c) => c.json({ status: 'ok' }),
    )
    .get(
      '/readyz',
      {
        operationId: 'checkReady',
        summary: 'Whether it can serve',
        access: 'public',
        answer: Readiness,
        answers: { 503: { description: 'Send it no requests.', content: Readiness } },
      },
      async (c) => {
        const [database, redis] = await Promise.all([
          answers(() => ctx.db.ping()),
          answers(() => ctx.redis.ping()),
        ])
        // Without Redis we are slower, not wrong: still ready.
        const ready = database && !liveness.draining
        const body: z.infer<typeof Readiness> = {
          status: ready ? 'ready' : 'not ready',
          draining: liveness.draining,
          database,
          redis,
          replicas: ctx.db.replicaStates(),
        }
        return c.json(body, ready ? 200 : 503)
      },
    )
    .get(
      '/metrics',
      {
        operationId: 'readMetrics',
        summary: 'Measurements for Prometheus',
        description: 'Answered to this machine alone, unless the operator opens it.',
        access: 'public',
        answer: 'text/plain',
        refuses: [404],
      },
      async (c) => {
        const peer = c.env?.incoming?.socket?.remoteAddress ?? ''
        if (!ctx.config.METRICS_PUBLIC && !isLoopback(peer)) return c.notFound()
        return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
      },
    )
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  try {
    await ask()
    return true
  } catch {
    return false
  }
}
