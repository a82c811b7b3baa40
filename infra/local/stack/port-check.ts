import { portProblem } from '../processes/free-port.ts'
import { UsageError } from './usage-error.ts'

/** Throws UsageError when the address cannot be served: asked before anything else starts. */
export async function assertPortFree(port: number, host: string): Promise<void> {
  const problem = (await portProblem(port, host)) ?? (await otherLocalhost(port, host))
  if (problem === undefined) return
  if (problem === 'EADDRINUSE') {
    throw new UsageError(
      `Port ${port} is taken by another program. ` +
        `Choose another with --port, for example: npm start -- --port ${port < 65_535 ? port + 1 : 3001}`,
    )
  }
  if (problem === 'EACCES') {
    throw new UsageError(
      `Port ${port} needs more rights than yours. Choose one above 1023 with --port.`,
    )
  }
  throw new UsageError(`HOST ${host} with port ${port} cannot be used (${problem})`)
}

/** A browser may take `localhost` for ::1 first, and would show whatever another program serves there. */
async function otherLocalhost(port: number, host: string): Promise<string | undefined> {
  if (host !== '127.0.0.1') return undefined
  const problem = await portProblem(port, '::1')
  return problem === 'EADDRINUSE' ? problem : undefined
}
