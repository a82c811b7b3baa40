import { createAdaptorServer } from '@hono/node-server'
import { readConfigOrExit } from '@manyhands/shared/config/config'
import { closeContext, openContext } from '@manyhands/shared/context/context'
import { createLog } from '@manyhands/shared/log/log'
import { createApp } from './app.ts'

/** How long requests under way have to finish. */
const GRACE_MS = 4_000

const config = readConfigOrExit()
const log = createLog('api', config.LOG_LEVEL)
const ctx = openContext(config, log, 'manyhands-api')
const liveness = { draining: false }
const app = createApp(ctx, liveness)
const server = createAdaptorServer({ fetch: app.fetch })

server.on('error', (error) => {
  log.fatal({ err: error }, 'cannot listen')
  process.exit(1)
})
server.listen({ port: config.PORT, host: config.HOST }, () => {
  log.info({ host: config.HOST, port: config.PORT }, 'listening')
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal))

async function stop(signal: string): Promise<void> {
  log.info({ signal }, 'stopping')
  liveness.draining = true
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Connections that become idle later stay open unless they are closed again and again.
  const idle = setInterval(
    () => 'closeIdleConnections' in server && server.closeIdleConnections(),
    50,
  )
  const force = setTimeout(
    () => 'closeAllConnections' in server && server.closeAllConnections(),
    GRACE_MS,
  )
  await closed
  clearInterval(idle)
  clearTimeout(force)
  await closeContext(ctx)
  process.exit(0)
}
