import { isIP } from 'node:net'
import type { Context as PlatformContext } from '@manyhands/shared/context/context'
import { Hono } from 'hono'
import type { Registry } from 'prom-client'
import type { Env } from './env.ts'

export interface Liveness {
  /** Set at the start of a shutdown: the balancer sends nothing new. */
  draining: boolean
}

/** `/healthz`: the process lives. `/readyz`: it can serve. `/metrics`: Prometheus, from inside only. */
export function healthRoutes(ctx: PlatformContext, registry: Registry, liveness: Liveness) {
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ status: 'ok' }))
    .get('/readyz', async (c) => {
      const [database, redis] = await Promise.all([
        answers(() => ctx.db.ping()),
        answers(() => ctx.redis.ping()),
      ])
      // Without Redis we are slower, not wrong: still ready.
      const ready = database && !liveness.draining
      const body = {
        status: ready ? 'ready' : 'not ready',
        draining: liveness.draining,
        database,
        redis,
        replicas: ctx.db.replicaStates(),
      }
      return c.json(body, ready ? 200 : 503)
    })
    .get('/metrics', async (c) => {
      const peer = c.env?.incoming?.socket?.remoteAddress ?? ''
      if (!ctx.config.METRICS_PUBLIC && !isLoopback(peer)) return c.notFound()
      return c.body(await registry.metrics(), 200, { 'Content-Type': registry.contentType })
    })
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
