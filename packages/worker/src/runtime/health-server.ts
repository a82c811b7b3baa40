import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'

export interface Health {
  registry: Registry
  /** Rejects, or answers false, while the worker cannot do its work. */
  isReady: () => Promise<boolean>
}

const READY_WITHIN_MS = 2_000

/** `/healthz`: the process lives; `/readyz`: it can work; `/metrics` for Prometheus. */
export async function startHealthServer(
  health: Health,
  host: string,
  port: number,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = async () => {
      switch (request.url?.split('?')[0]) {
        case '/healthz':
          return { status: 200, body: 'ok\n' }
        case '/readyz':
          return (await isReadySoon(health))
            ? { status: 200, body: 'ready\n' }
            : { status: 503, body: 'not ready\n' }
        case '/metrics':
          return {
            status: 200,
            body: await health.registry.metrics(),
            type: health.registry.contentType,
          }
        default:
          return { status: 404, body: 'not found\n' }
      }
    }
    answer()
      .catch(() => ({ status: 500, body: 'failed\n' }))
      .then(({ status, body, ...rest }) => {
        const type = 'type' in rest ? rest.type : 'text/plain; charset=utf-8'
        response.writeHead(status, { 'content-type': type, connection: 'close' }).end(body)
      })
      .catch(() => response.destroy())
  })
  await listen(server, host, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function isReadySoon(health: Health): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), READY_WITHIN_MS).unref()
  })
  return await Promise.race([health.isReady().catch(() => false), late])
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}
