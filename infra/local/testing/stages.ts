import { existsSync, globSync, readFileSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../processes/free-port.ts'
import { runGuarded } from '../processes/guarded-command.ts'
import { BIN, ROOT } from '../stack/checkout.ts'
import { type Count, countPlaywright, countVitest, judge } from './count.ts'
import { browserFor } from './find-browser.ts'
import { pythonClients } from './python-clients.ts'
import type { StageName } from './test-flags.ts'

/** What all stages share. */
export interface Run {
  env: NodeJS.ProcessEnv
  /** Throw-away folder for reports and the data of the stack; gone with this process. */
  reports: string
  patterns: readonly string[]
  say: (line: string) => void
}

export const VITEST_CONFIG = 'packages/shared/tooling/vitest.config.ts'

/** Runs a stage with its output on the terminal and counts what came of it. */
export const STAGE: Record<StageName, (run: Run) => Promise<Count>> = {
  lint: (run) => check(run, 'lint'),
  types: (run) => check(run, 'types'),
  unit: (run) => vitest(run, 'unit'),
  integration: (run) => vitest(run, 'integration'),
  plans,
  clients,
  e2e: playwright,
}

/** A script of the root package.json that only says yes or no counts as one check. */
async function check({ env }: Run, script: string): Promise<Count> {
  const exitCode = await runTool(env, join(BIN, 'pnpm'), ['run', '--silent', script])
  return judge({ passed: exitCode === 0 ? 1 : 0, failed: 0, skipped: 0 }, exitCode, false)
}

async function vitest({ env, reports, patterns }: Run, project: string): Promise<Count> {
  const report = join(reports, `${project}.json`)
  const exitCode = await runTool(env, join(BIN, 'vitest'), [
    'run',
    ...['--config', VITEST_CONFIG, '--project', project],
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    // The blobs hold the coverage, which is added up over both projects afterwards.
    ...['--reporter=blob', `--outputFile.blob=${join(reports, 'blobs', `${project}.json`)}`],
    ...['--coverage', '--coverage.reporter=json'],
    `--coverage.reportsDirectory=${join(reports, `coverage-${project}`)}`,
    ...(patterns.length > 0 ? ['--passWithNoTests', ...patterns] : []),
  ])
  return judge(readReport(report, countVitest), exitCode, patterns.length > 0)
}

/** Filling the database takes minutes: not for a pattern that no file of this stage has. */
async function plans(run: Run): Promise<Count> {
  const files = globSync('packages/**/*.plans.test.ts', {
    cwd: ROOT,
    exclude: (name) => name === 'node_modules',
  })
  const wanted =
    run.patterns.length === 0 ||
    files.some((file) => run.patterns.some((pattern) => file.includes(pattern)))
  if (!wanted) return { passed: 0, failed: 0, skipped: 0 }
  const { bavail, bsize } = statfsSync(run.reports)
  const scale = Number(run.env.PLANS_SCALE || 1)
  if (bavail * bsize >= PLANS_DISK_BYTES * scale) return vitest(run, 'plans')
  const [free, needed] = [bavail * bsize, PLANS_DISK_BYTES * scale].map((n) => (n / 1e9).toFixed(1))
  run.say(`SKIPPED: the query plans need ${needed} GB of disk, ${free} GB are free.`)
  return { passed: 0, failed: 0, skipped: 1 }
}

/** Measured at full scale: 5.7 GiB when all is built, and the sorting of an index beside it. */
const PLANS_DISK_BYTES = 10e9

/** The Python clients are not ours to ship: where they cannot be had, the suite is skipped, and says so. */
async function clients(run: Run): Promise<Count> {
  const found = await pythonClients(run.say)
  if ('python' in found) {
    return vitest({ ...run, env: { ...run.env, CLIENTS_PYTHON: found.python } }, 'clients')
  }
  run.say(`SKIPPED: the suite of the Python clients (${found.missing}).`)
  return { passed: 0, failed: 0, skipped: 1 }
}

async function playwright({ env, reports, patterns, say }: Run): Promise<Count> {
  const browser = await browserFor(say)
  if ('missing' in browser) {
    say(browser.missing)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  const report = join(reports, 'e2e.json')
  const stack = {
    E2E_CHROMIUM: browser.path,
    E2E_PORT: String(await freePort()),
    E2E_DATA: join(reports, 'e2e-data'),
  }
  const exitCode = await runTool(
    { ...env, ...stack, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    join(ROOT, 'e2e/node_modules/.bin/playwright'),
    [
      'test',
      ...['--config', 'e2e/playwright.config.ts', '--reporter=list,json'],
      ...(patterns.length > 0 ? ['--pass-with-no-tests', ...patterns] : []),
    ],
  )
  return judge(readReport(report, countPlaywright), exitCode, patterns.length > 0)
}

async function runTool(
  env: NodeJS.ProcessEnv,
  command: string,
  args: string[],
): Promise<number | null> {
  const tool = { name: 'test', command, args, cwd: ROOT, env }
  // As Ctrl-C would: vitest then stops its servers, and Playwright the stack it tests.
  const stop = { stopSignal: 'SIGINT', graceMs: 8000 } as const
  const { code } = await runGuarded({ ...tool, ...stop, output: 'inherit' })
  return code
}

function readReport<Report>(file: string, count: (report: Report) => Count): Count | undefined {
  return existsSync(file) ? count(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}
