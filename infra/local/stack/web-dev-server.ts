import { freePort, portProblem } from '../processes/free-port.ts'
import { spawnGuarded } from '../processes/guarded-process.ts'
import { defineServer, type LocalServer } from '../processes/server.ts'
import { STOP_ORDER } from '../processes/stop-in-order.ts'
import { waitUntil } from '../processes/wait-until.ts'
import { BIN, ROOT } from './checkout.ts'

/** Vite with the pages as they are in the sources, changing in the browser while they are written. It
 *  passes requests for data on to the API. */
export async function webDevServer(
  apiPort: number,
  logFile: string,
): Promise<{ url: string; server: LocalServer }> {
  const port = await freePort(5173)
  const server = defineServer({
    name: 'web',
    logFile,
    spawn: () =>
      spawnGuarded({
        name: 'web',
        command: `${BIN}/vite`,
        args: ['--host', '127.0.0.1', '--port', String(port)],
        cwd: `${ROOT}/packages/web`,
        env: { ...process.env, API_URL: `http://127.0.0.1:${apiPort}` },
        output: logFile,
        stopOrder: STOP_ORDER.app,
        graceMs: 2000,
      }),
    untilReady: () =>
      waitUntil(async () => (await portProblem(port)) === 'EADDRINUSE', { timeoutMs: 30_000 }),
  })
  return { url: `http://127.0.0.1:${port}`, server }
}
