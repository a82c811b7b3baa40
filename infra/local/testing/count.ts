/** How many checks of a stage went which way. */
export interface Count {
  passed: number
  failed: number
  skipped: number
}

/** What of vitest's JSON report is needed here. */
export interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

/** What of Playwright's JSON report is needed here. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number }
}

export function sumCounts(counts: readonly Count[]): Count {
  const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** A file that failed without a failed test, by an error outside of its tests, counts as one failure. */
export function countVitest(report: VitestReport): Count {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** A test that passed only when it was tried again is a failure: it says something went wrong. */
export function countPlaywright({ stats }: PlaywrightReport): Count {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }
}

/** What a runner reported, held against how it ended. A runner that ended badly without a failed test, or
 *  that ran no test at all where there must be some, is one failure. */
export function judge(
  count: Count | undefined,
  exitCode: number | null,
  mayBeEmpty: boolean,
): Count {
  const seen = count ?? { passed: 0, failed: 0, skipped: 0 }
  const isEmpty = seen.passed + seen.failed === 0 && !(mayBeEmpty && exitCode === 0)
  const endedBadly = exitCode !== 0 && seen.failed === 0
  return { ...seen, failed: seen.failed + (isEmpty || endedBadly ? 1 : 0) }
}

/** The last line of `npm test`. */
export function closingLine({ passed, failed, skipped }: Count): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
