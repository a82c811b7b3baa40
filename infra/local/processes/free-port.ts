import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the ranges that Linux (32768) and macOS (49152) hand out by themselves, so that a remembered
 *  port is not lost to somebody's outgoing connection between two starts. */
const FIRST = 20_000
const LAST = 32_000

/** The remembered port when it is still free, else another one. */
export async function freePort(remembered?: number): Promise<number> {
  if (remembered && (await portProblem(remembered)) === undefined) return remembered
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(FIRST, LAST)
    if ((await portProblem(port)) === undefined) return port
  }
  throw new Error(`No free port between ${FIRST} and ${LAST} on 127.0.0.1`)
}

/** Why nothing can listen there (`EADDRINUSE`, `EACCES`, …), or undefined when it can. */
export function portProblem(port: number, host = '127.0.0.1'): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}
