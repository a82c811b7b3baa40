import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { waitUntil } from '../processes/wait-until.ts'
import { openDataDirectory } from './data-directory.ts'
import { tryHoldData } from './data-lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manyhands-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

it('keeps a second launcher out, by name, until the first is killed', async () => {
  const data = openDataDirectory(folder)
  const module = fileURLToPath(new URL('./data-lock.ts', import.meta.url))
  const program = `
    const { tryHoldData } = await import(${JSON.stringify(module)})
    await tryHoldData(${JSON.stringify(data)}, 'npm start at home')
    console.log('held')
    setInterval(() => {}, 1000)`
  const first = spawn(process.execPath, ['--input-type=module', '-e', program])
  await once(first.stdout, 'data')

  const refused = await tryHoldData(data, 'npm start')
  expect(refused).toMatchObject({
    lock: undefined,
    problem: expect.stringContaining(`npm start at home, process ${first.pid}`),
  })

  first.kill('SIGKILL')
  const held = await waitUntil(
    async () => {
      const attempt = await tryHoldData(data, 'npm start')
      return attempt.lock
    },
    { timeoutMs: 5000 },
  )
  expect(held).toBeDefined()
  held?.release()
})
