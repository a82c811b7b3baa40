import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The platform of this run. */
export interface Stack {
  port: number
  /** Its data directory, thrown away afterwards. */
  data: string
  url: string
}

/** Chooses a free port and an empty data directory, once: Playwright reads its configuration again in
 *  every worker process, which inherits the choice through the environment. */
export async function prepareStack(): Promise<Stack> {
  if (!process.env.E2E_PORT) {
    const data = mkdtempSync(join(tmpdir(), 'manyhands-e2e-'))
    // PostgreSQL runs as another user where we are root, and would have to live elsewhere.
    chmodSync(data, 0o711)
    process.env.E2E_PORT = String(await freePort())
    process.env.E2E_DATA = data
    // By then Playwright has stopped the platform.
    process.on('exit', () => rmSync(data, { recursive: true, force: true }))
  }
  return stackOfThisRun()
}

export function stackOfThisRun(): Stack {
  const { E2E_PORT: port = '', E2E_DATA: data = '' } = process.env
  return { port: Number(port), data, url: `http://localhost:${port}` }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
