// `npm test`: everything that is checked, one stage after the other, on servers and data of its own.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { guardPath, removeGuardedPath } from './processes/guard.ts'
import { temporaryPlace } from './processes/temporary-place.ts'
import { ROOT } from './stack/checkout.ts'
import { explainFailure } from './stack/explain-failure.ts'
import { seconds } from './stack/progress.ts'
import { createShutdown, exitCodeOfSignal } from './stack/shutdown.ts'
import { type Count, closingLine, sumCounts } from './testing/count.ts'
import { coverageSummary } from './testing/coverage-summary.ts'
import { type Run, STAGE } from './testing/stages.ts'
import { testEnvironment } from './testing/test-environment.ts'
import { parseTestFlags, TEST_HELP, type TestFlags } from './testing/test-flags.ts'

const say = (text: string) => void process.stdout.write(`${text}\n`)
process.stdout.on('error', () => {})

try {
  const flags = parseTestFlags(process.argv.slice(2))
  if (flags.help) say(TEST_HELP)
  else await run(flags)
} catch (error) {
  const { message, exitCode } = explainFailure(error)
  process.stderr.write(`${message}\n`)
  process.exit(exitCode)
}

async function run(flags: TestFlags): Promise<void> {
  process.chdir(ROOT)
  const reports = temporaryPlace(undefined)
  guardPath(reports)
  const temporary = join(reports, 'tmp')
  mkdirSync(temporary)
  const shutdown = createShutdown({
    onRequest: (why) => say(`\nStopping (${why}) …`),
    cleanUp: () => removeGuardedPath(reports),
    exitCodeOf: exitCodeOfSignal,
  })
  const all: Run = {
    env: testEnvironment(process.env, temporary),
    reports,
    patterns: flags.patterns,
    say,
  }
  const counts: Count[] = []
  const lines: string[] = []
  for (const stage of flags.stages) {
    say(`\n── ${stage} ${'─'.repeat(60 - stage.length)}`)
    const began = Date.now()
    const count = await STAGE[stage](all)
    if (shutdown.isStopping) return
    counts.push(count)
    lines.push(`  ${count.failed ? '✗' : '✓'} ${stage}: ${closingLine(count)} (${seconds(began)})`)
  }
  if (flags.leftOutBrowser) {
    counts.push({ passed: 0, failed: 0, skipped: 1 })
    lines.push('  · e2e: left out (--no-browser)')
  }
  const coverage = await coverageSummary(all)
  if (shutdown.isStopping) return
  const sum = sumCounts(counts)
  say(['', ...lines, ...(coverage ? ['', coverage] : []), '', closingLine(sum)].join('\n'))
  await shutdown.stop(sum.failed > 0 || sum.passed === 0 ? 1 : 0)
}
