import { expect, it } from 'vitest'
import { readDigitSamples } from './digit-samples.ts'
import { listSamples, SAMPLES_PER_DIGIT } from './digit-tasks.ts'

it('reads ink on white paper', async () => {
  const samples = await readDigitSamples(8, 3)
  expect(samples).toHaveLength(3)
  for (const { data } of samples) {
    expect(data).toHaveLength(28 * 28)
    const paper = data.filter((brightness) => brightness > 200).length
    expect(paper).toBeGreaterThan(data.length / 2)
    expect(Math.min(...data)).toBeLessThan(30)
  }
})

it('shows each sample once, in an order that does not repeat itself', () => {
  const samples = listSamples()
  expect(new Set(samples.map(({ digit, at }) => `${digit}/${at}`)).size).toBe(
    SAMPLES_PER_DIGIT * 10,
  )
  const digits = samples.map(({ digit }) => digit)
  expect(digits.slice(0, 10)).not.toEqual(digits.slice(10, 20))
})
