import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from './processes/free-port.ts'
import { guardPath, removeGuardedPath } from './processes/guard.ts'
import { isAlive, type ProcessId, processTree } from './processes/process-tree.ts'
import { temporaryPlace } from './processes/temporary-place.ts'
import { waitUntil } from './processes/wait-until.ts'
import { ROOT } from './stack/checkout.ts'
import { testEnvironment } from './testing/test-environment.ts'

const env = testEnvironment(process.env, tmpdir())
const temporary = temporaryPlace(undefined)
beforeAll(() => guardPath(temporary))
afterAll(() => removeGuardedPath(temporary))

/** Runs one of the launchers to its end. */
async function run(program: 'start' | 'cli', args: string[], more: NodeJS.ProcessEnv = {}) {
  const words = [join(ROOT, `infra/local/${program}.ts`), ...args]
  try {
    const options = { env: { ...env, ...more }, timeout: 60_000 }
    const { stdout } = await promisify(execFile)(process.execPath, words, options)
    return { code: 0, stdout, stderr: '' }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

describe('a start that cannot be', () => {
  const data = join(temporary, 'never')

  it('names --port when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { code, stderr } = await run('start', ['--data', data, '--port', String(port)])
    other.close()
    expect(code).toBe(2)
    expect(stderr).toMatch(new RegExp(`^Port ${port} is taken .* --port`))
    expect(readFileSync(join(data, 'run/processes.json'), 'utf8')).toBe('[]')
  })

  it.each([
    [['--prot', '1'], {}, "Unknown option '--prot'\n"],
    [[], { PORT: 'x' }, 'PORT must be a whole number from 1 to 65535, not "x"\n'],
    [[], { SECRET: 'short' }, 'SECRET: must have 16 characters or more\n'],
  ])('says what is wrong with %j %j', async (args, more, message) => {
    const { code, stdout, stderr } = await run('start', [...args, '--data', data], more)
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: message })
  })
})

describe('a running stack', () => {
  const data = join(temporary, 'my data')
  let port: number
  let launcher: ChildProcess

  beforeAll(async () => {
    mkdirSync(data)
    port = await freePort()
  })
  afterAll(() => void launcher?.kill('SIGKILL'))

  /** Starts it and returns all of its processes once it serves. */
  async function start(): Promise<ProcessId[]> {
    const args = ['--no-demo', '--port', String(port), '--data', data]
    launcher = spawn(process.execPath, [join(ROOT, 'infra/local/start.ts'), ...args], { env })
    let said = ''
    launcher.stdout?.on('data', (text) => (said += text))
    launcher.stderr?.on('data', (text) => (said += text))
    const ready = await waitUntil(() => /Ctrl-C stops/.test(said) || launcher.exitCode !== null, {
      timeoutMs: 100_000,
    })
    expect(ready && launcher.exitCode === null, said).toBe(true)
    const records: ProcessId[] = JSON.parse(readFileSync(join(data, 'run/processes.json'), 'utf8'))
    return records.flatMap((record) => processTree(record))
  }
  const allGone = (processes: ProcessId[]) =>
    waitUntil(() => !processes.some(isAlive) && !existsSync(join(data, 'run/stack.json')), {
      timeoutMs: 15_000,
    })

  it('serves, works with commands beside it, and leaves nothing when it is killed', async () => {
    const processes = await start()
    expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200)

    const second = await run('start', ['--data', data, '--port', String(await freePort())])
    expect(second.code).toBe(2)
    expect(second.stderr).toContain(`npm start at http://localhost:${port}`)

    const user = ['--name', 'ada', '--email', 'ada@example.org', '--password', 'correct horse']
    const created = await run('cli', ['user', 'create', ...user, '--json', '--data', data])
    expect(JSON.parse(created.stdout)).toMatchObject({ name: 'ada', email_addr: 'ada@example.org' })

    launcher.kill('SIGKILL')
    expect(await allGone(processes)).toBe(true)
  }, 120_000)

  it('keeps its data and stops politely', async () => {
    const processes = await start()
    const again = ['--name', 'ada', '--email', 'other@example.org', '--password', 'correct horse']
    const { code, stderr } = await run('cli', ['user', 'create', ...again, '--data', data])
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('name') })

    launcher.kill('SIGTERM')
    const [exitCode] = await once(launcher, 'exit')
    expect(exitCode).toBe(0)
    expect(processes.some(isAlive)).toBe(false)
  }, 120_000)

  it('works for commands when nothing runs', async () => {
    const { stdout } = await run('cli', ['migrate', '--json', '--data', data])
    expect(JSON.parse(stdout)).toEqual({ applied: 0 })
    expect(readFileSync(join(data, 'run/processes.json'), 'utf8')).toBe('[]')
  }, 60_000)
})
