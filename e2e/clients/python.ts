import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Outcome {
  code: number
  /** Standard output and error together. */
  output: string
}

/** The Python of the virtual environment that holds the clients. */
const PYTHON = process.env.CLIENTS_PYTHON ?? 'python3'

/** Runs one of the scripts beside this file. */
export function python(script: string, ...args: string[]): Promise<Outcome> {
  return run(PYTHON, [fileURLToPath(new URL(script, import.meta.url)), ...args], tmpdir())
}

/** The `pbs` command in a project's folder; what it asks is answered with yes. */
export function pbs(folder: string, args: string[]): Promise<Outcome> {
  return run(join(dirname(PYTHON), 'pbs'), args, folder)
}

async function run(command: string, args: string[], cwd: string): Promise<Outcome> {
  // Nobody's own settings (~/.pybossa.cfg).
  const home = await mkdtemp(join(tmpdir(), 'manyhands-home-'))
  return await new Promise((resolve) => {
    const env = { ...process.env, HOME: home, LC_ALL: 'C.UTF-8', LANG: 'C.UTF-8' }
    const child = execFile(command, args, { cwd, env }, (error, stdout, stderr) => {
      const code = error && typeof error.code === 'number' ? error.code : error ? 1 : 0
      resolve({ code, output: stdout + stderr })
    })
    child.stdin?.end('y\ny\n')
  })
}
