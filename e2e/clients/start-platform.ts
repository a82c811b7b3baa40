import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { NODE, ROOT } from '../support/project-node.ts'
import { prepareStack } from '../support/stack.ts'

/** Starts a whole platform as `npm start` does, before the first client; returns what stops it. */
export async function setup(): Promise<() => Promise<void>> {
  const { port, data } = await prepareStack()
  const args = ['infra/local/start.ts', '--port', String(port), '--data', data, '--no-demo']
  const platform = spawn(NODE, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A client that reads a run at a time asks often: its patience is not what is tested here.
    env: { ...process.env, RATE_LIMIT: '100000' },
  })
  await isReady(platform)
  return async () => {
    platform.kill('SIGTERM')
    await once(platform, 'exit')
  }
}

function isReady(platform: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = ''
    platform.stdout?.on('data', (chunk: Buffer) => {
      output += chunk
      if (output.includes('Manyhands is ready')) resolve()
    })
    platform.once('exit', (code) => reject(new Error(`it ended with ${code}: ${output}`)))
  })
}
