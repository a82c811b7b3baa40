import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun } from '../processes/guarded-command.ts'
import { ROOT } from '../stack/checkout.ts'

const REQUIREMENTS = join(ROOT, 'e2e/clients/requirements.txt')
const PLACE = join(ROOT, 'node_modules/.cache/manyhands')

/** The Python of a virtual environment with the clients of `e2e/clients/requirements.txt`, made once for
 *  each content of that file; or why there is none. */
export async function pythonClients(
  say: (line: string) => void,
): Promise<{ python: string } | { missing: string }> {
  const digest = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 12)
  const home = join(PLACE, `python-clients-${digest}`)
  const python = join(home, 'bin/python')
  const ready = join(home, 'ready')
  if (existsSync(ready)) return { python }

  say('Installing the Python clients …')
  mkdirSync(PLACE, { recursive: true })
  rmSync(home, { recursive: true, force: true })
  const log = join(PLACE, 'python-clients.log')
  const run = (name: string, command: string, args: string[]) =>
    mustRun({ name, command, args, output: log })
  try {
    await run('python3 -m venv', 'python3', ['-m', 'venv', home])
  } catch {
    return { missing: 'there is no python3 with venv here' }
  }
  try {
    const args = ['install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]
    await run('pip install', join(home, 'bin/pip'), args)
  } catch {
    return { missing: 'PyPI cannot be reached from here, or has no such packages for this Python' }
  }
  renameSync(log, ready)
  return { python }
}
