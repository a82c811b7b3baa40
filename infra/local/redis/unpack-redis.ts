import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { guardPath, removeGuardedPath } from '../processes/guard.ts'

const run = promisify(execFile)

/** A program that speaks Redis, and what it needs in its environment. */
export interface RedisProgram {
  command: string
  env: Record<string, string>
}

/** Package names of Debian 12 and Ubuntu 22, then of systems that carry Valkey instead. */
const PACKAGES = [
  ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'],
  ['valkey-server', 'valkey-tools', 'libjemalloc2', 'liblzf1', 'libatomic1'],
]

/** The program unpacked into `cache` by an earlier start. */
export function unpackedRedis(cache: string): RedisProgram | undefined {
  for (const name of ['redis-server', 'valkey-server']) {
    const command = join(cache, 'usr/bin', name)
    // The name is a link into the tools package: existsSync follows it.
    if (existsSync(command)) return { command, env: { LD_LIBRARY_PATH: libraryPath(cache) } }
  }
  return undefined
}

/** Downloads the distribution's packages and unpacks them into `cache`, without root: no system file is
 *  touched and no service started. Throws with the last line of what went wrong. */
export async function unpackRedis(cache: string): Promise<RedisProgram> {
  if (!unpackedRedis(cache)) rmSync(cache, { recursive: true, force: true }) // half of one
  mkdirSync(dirname(cache), { recursive: true })
  const work = mkdtempSync(`${cache}-`)
  guardPath(work)
  try {
    await downloadPackages(work)
    for (const file of readdirSync(join(work, 'debs'))) {
      await run('dpkg', ['-x', join(work, 'debs', file), join(work, 'root')])
    }
    if (!unpackedRedis(join(work, 'root'))) throw new Error('the packages hold no server')
    if (!unpackedRedis(cache)) takePlace(join(work, 'root'), cache)
  } catch (error) {
    throw new Error(lastLine(error), { cause: error })
  } finally {
    removeGuardedPath(work)
  }
  const program = unpackedRedis(cache)
  if (!program) throw new Error(`nothing was unpacked into ${cache}`)
  return program
}

/** Another start may be ahead of us; then its copy stays, since it may run already. */
function takePlace(unpacked: string, cache: string): void {
  try {
    renameSync(unpacked, cache)
  } catch (error) {
    if (!unpackedRedis(cache)) throw error
  }
}

async function downloadPackages(work: string): Promise<void> {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'debs']) {
    mkdirSync(join(work, folder), { recursive: true })
  }
  // Its own lists and cache: a normal user may not write the system's, and a fresh image has none.
  const options = [
    `Dir::State::lists=${work}/lists`,
    `Dir::Cache=${work}/cache`,
    'APT::Sandbox::User=',
    'Acquire::Languages=none',
  ].flatMap((option) => ['-o', option])
  await run('apt-get', [...options, '-qq', 'update'], { cwd: work })
  for (const [index, names] of PACKAGES.entries()) {
    try {
      await run('apt-get', [...options, '-qq', 'download', ...names], { cwd: join(work, 'debs') })
      return
    } catch (error) {
      if (index === PACKAGES.length - 1) throw error
    }
  }
}

/** Debian keeps libraries in a folder named after the machine, like `x86_64-linux-gnu`. */
function libraryPath(root: string): string {
  const base = join(root, 'usr/lib')
  const folders = existsSync(base) ? readdirSync(base).map((name) => join(base, name)) : []
  return [...folders, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
}

function lastLine(error: unknown): string {
  const { stderr, message, code } = error as { stderr?: string; message?: string; code?: string }
  if (code === 'ENOENT') return 'there is no apt-get here'
  return (stderr || message || String(error)).trim().split('\n').at(-1) ?? ''
}
