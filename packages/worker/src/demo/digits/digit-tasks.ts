import { createHash } from 'node:crypto'
import { addressOf, type DemoTask } from '../demo-project.ts'

export const SAMPLES_PER_DIGIT = 20

export interface Sample {
  digit: number
  /** Which sample of this digit, from 0. */
  at: number
}

/** What each task shows, in the order of the tasks: shuffled, yet the same every time. */
export function listSamples(): Sample[] {
  const samples = Array.from({ length: SAMPLES_PER_DIGIT * 10 }, (_, n) => ({
    digit: n % 10,
    at: Math.floor(n / 10),
  }))
  return samples.sort((a, b) => placeOf(a).localeCompare(placeOf(b)))
}

/** Numbered in the order of the tasks: a file named after its digit would give the answer away. */
export function digitKey(n: number): string {
  return `demo/digits/${String(n + 1).padStart(3, '0')}.png`
}

export function listDigitTasks(): DemoTask[] {
  return listSamples().map(({ digit }, n) => ({
    externalId: `digit-${String(n + 1).padStart(3, '0')}`,
    info: { image: addressOf(digitKey(n)), alt: 'One handwritten digit' },
    truth: String(digit),
  }))
}

/** Sorting by a hash shuffles without a random number. */
function placeOf({ digit, at }: Sample): string {
  return createHash('sha256').update(`${digit}/${at}`).digest('hex')
}
