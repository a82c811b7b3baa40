import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommandFailedError, mustRun, runGuarded } from '../processes/guarded-command.ts'
import type { Exit } from '../processes/guarded-process.ts'
import { ROOT } from './checkout.ts'
import type { Environment } from './environment.ts'

/** The program with the administration commands. */
const WORKER_CLI = join(ROOT, 'packages/worker/src/cli.ts')

/** Runs one administration command for the person who typed it. */
export function runWorkerCli(args: readonly string[], env: Environment): Promise<Exit> {
  const program = { command: process.execPath, args: [WORKER_CLI, ...args] }
  return runGuarded({ name: 'command', ...program, env, output: 'inherit' })
}

/** Runs one with `--json` and gives back what it printed. Throws CommandFailedError. */
export async function workerCommand(
  args: readonly string[],
  env: Environment,
  logFile: string,
): Promise<unknown> {
  const name = `\`npm run cli -- ${args.join(' ')}\``
  const output = await capture(name, [...args, '--json'], env, logFile)
  return JSON.parse(output)
}

/** What has to run for a command, or undefined when there is no such command. */
export async function commandNeeds(
  command: readonly string[],
  env: Environment,
): Promise<{ redis: boolean } | undefined> {
  try {
    return JSON.parse(await capture('needs', ['needs', ...command], env, '/dev/null'))
  } catch (error) {
    if (error instanceof CommandFailedError) return undefined
    throw error
  }
}

async function capture(
  name: string,
  args: readonly string[],
  env: Environment,
  errors: string,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'manyhands-'))
  const output = join(folder, 'output')
  const program = { command: process.execPath, args: [WORKER_CLI, ...args], cwd: ROOT }
  try {
    await mustRun({ name, ...program, env, output, errors })
    return readFileSync(output, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
