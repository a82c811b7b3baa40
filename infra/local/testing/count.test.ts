import { describe, expect, it } from 'vitest'
import { closingLine, countPlaywright, countVitest, judge, sumCounts } from './count.ts'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test })),
})

describe('countVitest', () => {
  it('takes the figures of the report', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [file('failed', 'passed', 'failed'), file('passed', 'passed', 'passed')],
    }
    expect(countVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 3 })
  })

  it('counts a file that could not even be loaded', () => {
    const report = {
      numPassedTests: 1,
      numFailedTests: 0,
      numPendingTests: 0,
      numTodoTests: 0,
      testResults: [file('failed'), file('passed', 'passed')],
    }
    expect(countVitest(report)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })
})

it('counts a flaky browser test as failed', () => {
  const stats = { expected: 4, unexpected: 1, flaky: 2, skipped: 1 }
  expect(countPlaywright({ stats })).toEqual({ passed: 4, failed: 3, skipped: 1 })
})

describe('judge', () => {
  const good = { passed: 2, failed: 0, skipped: 0 }

  it('believes a good end', () => {
    expect(judge(good, 0, false)).toEqual(good)
  })

  it('counts a bad end without a failed test once', () => {
    expect(judge(good, 1, false).failed).toBe(1)
    expect(judge({ ...good, failed: 3 }, 1, false).failed).toBe(3)
    expect(judge(good, null, false).failed).toBe(1)
  })

  it('takes no report and no test for a failure', () => {
    expect(judge(undefined, 0, false).failed).toBe(1)
    expect(judge({ passed: 0, failed: 0, skipped: 4 }, 0, false).failed).toBe(1)
  })

  it('lets a pattern match nothing in one of the stages', () => {
    expect(judge({ passed: 0, failed: 0, skipped: 0 }, 0, true).failed).toBe(0)
    expect(judge(undefined, 1, true).failed).toBe(1)
  })
})

it('closes with one line', () => {
  const sum = sumCounts([
    { passed: 1, failed: 0, skipped: 0 },
    { passed: 41, failed: 2, skipped: 0 },
  ])
  expect(closingLine(sum)).toBe('42 passed, 2 failed')
  expect(closingLine({ ...sum, skipped: 1 })).toBe('42 passed, 2 failed, 1 skipped')
})
