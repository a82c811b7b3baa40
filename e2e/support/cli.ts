import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { NODE, ROOT } from './project-node.ts'
import { stackOfThisRun } from './stack.ts'

const run = promisify(execFile)

/** What `npm run cli -- <words> --json` prints, run beside the platform of the tests. */
export async function cli(...words: string[]): Promise<unknown> {
  const { data } = stackOfThisRun()
  const { stdout } = await run(NODE, ['infra/local/cli.ts', ...words, '--json', '--data', data], {
    cwd: ROOT,
  })
  return JSON.parse(stdout)
}
