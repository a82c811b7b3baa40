import type { LocalServer } from '../processes/server.ts'
import type { DataDirectory } from './data-directory.ts'
import { logOf } from './embedded-servers.ts'
import type { Environment } from './environment.ts'
import { nodeServer } from './node-server.ts'
import type { Progress } from './progress.ts'

export interface Apps {
  environment: Environment
  workerHealthPort: number
  watch: boolean
}

/** Starts the worker and then, once it and `first` are done, the API: its `/readyz` is what people wait
 *  for, so it answers last. */
export async function startApps(
  data: DataDirectory,
  { environment, workerHealthPort, watch }: Apps,
  progress: Progress,
  first: () => Promise<void>,
): Promise<LocalServer[]> {
  const { HOST = '127.0.0.1', PORT = '' } = environment
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST
  const api = nodeServer({
    name: 'API',
    program: 'packages/api/src/main.ts',
    readyUrl: `http://${host.includes(':') ? `[${host}]` : host}:${PORT}/readyz`,
    env: environment,
    logFile: logOf(data, 'api'),
    watch,
  })
  const worker = nodeServer({
    name: 'worker',
    program: 'packages/worker/src/main.ts',
    readyUrl: `http://127.0.0.1:${workerHealthPort}/readyz`,
    env: { ...environment, WORKER_HEALTH_PORT: String(workerHealthPort) },
    logFile: logOf(data, 'worker'),
    watch,
  })
  const start = (app: LocalServer) =>
    progress.step(app.name, async () => {
      await app.start()
      return 'ready'
    })
  await Promise.all([start(worker), first()])
  await start(api)
  return [worker, api]
}
