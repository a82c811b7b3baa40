import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeLock } from '../processes/exclusive-lock.ts'
import { mustRun } from '../processes/guarded-command.ts'
import { BIN, ROOT } from './checkout.ts'

const DIST = join(ROOT, 'packages/web/dist')
/** Beside the tools and not in the pages: those are served to everybody. */
const CACHE = join(ROOT, 'node_modules/.cache/manyhands')
const SOURCES = [
  'pnpm-lock.yaml',
  'packages/shared/src/**',
  'packages/web/**',
  'packages/shared/tooling/*',
]
const NOT_SOURCES = ['**/node_modules/**', 'packages/web/dist/**', '**/*.test.ts', '**/*.test.tsx']

/** Builds packages/web/dist unless it already is what these sources give. Returns what was done. */
export async function buildWeb(logFile: string): Promise<string> {
  if (isBuilt()) return 'unchanged'
  mkdirSync(CACHE, { recursive: true })
  // Another start of this checkout may be building the same.
  const lock = await takeLock(join(CACHE, 'web-build.lock'), `process ${process.pid}`, {
    waitMs: 120_000,
  })
  try {
    if (isBuilt()) return 'unchanged'
    const hash = sourceHash()
    await mustRun({
      name: 'The build of the pages',
      command: join(BIN, 'pnpm'),
      args: ['--filter', '@manyhands/web', 'run', 'build'],
      cwd: ROOT,
      env: { ...process.env, PATH: `${BIN}:${process.env.PATH ?? ''}`, NODE_ENV: 'production' },
      output: logFile,
    })
    writeFileSync(join(CACHE, 'web-build'), hash)
    return 'built'
  } finally {
    lock?.release()
  }
}

function isBuilt(): boolean {
  const stamp = join(CACHE, 'web-build')
  return (
    existsSync(join(DIST, 'index.html')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === sourceHash()
  )
}

function sourceHash(): string {
  const files = globSync(SOURCES, { cwd: ROOT, exclude: NOT_SOURCES, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}
