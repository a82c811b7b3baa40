import { describe, expect, it } from 'vitest'
import { parseTestFlags, STAGES } from './test-flags.ts'

describe('parseTestFlags', () => {
  it('runs everything', () => {
    expect(parseTestFlags([])).toMatchObject({ stages: [...STAGES], leftOutBrowser: false })
  })

  it('leaves out the browser and remembers that it did', () => {
    expect(parseTestFlags(['--no-browser'])).toMatchObject({
      stages: ['lint', 'types', 'unit', 'integration', 'plans', 'clients'],
      leftOutBrowser: true,
    })
  })

  it('runs only the stages that are named, in their usual order', () => {
    expect(parseTestFlags(['--only', 'unit', '--only=lint']).stages).toEqual(['lint', 'unit'])
    expect(parseTestFlags(['--only', 'unit', '--no-browser']).leftOutBrowser).toBe(false)
  })

  it('runs only tests for a pattern', () => {
    expect(parseTestFlags(['scheduler'])).toMatchObject({
      stages: ['unit', 'integration', 'plans', 'e2e'],
      patterns: ['scheduler'],
    })
  })

  it('names what it does not know', () => {
    expect(() => parseTestFlags(['--only', 'units'])).toThrow(/--only must be one of .*"units"/)
    expect(() => parseTestFlags(['--brwser'])).toThrow(/'--brwser'/)
  })
})
