import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../processes/free-port.ts'
import type { DataDirectory } from './data-directory.ts'

export type PortName = 'postgres' | 'replica1' | 'redis' | 'worker'

/** Free ports on 127.0.0.1, the same as last time where they still are free, so that a client of the
 *  developer's own finds the servers again. */
export async function rememberedPorts<Name extends PortName>(
  { run }: DataDirectory,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const file = join(run, 'ports.json')
  const ports = readPorts(file)
  for (const name of names) ports[name] = await freePort(ports[name])
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`, { mode: 0o600 })
  return ports as Record<Name, number>
}

function readPorts(file: string): Partial<Record<PortName, number>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return {}
  }
}
