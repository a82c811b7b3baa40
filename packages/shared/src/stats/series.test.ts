import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  type AnswerCount,
  DAY_MS,
  datesStats,
  hoursStats,
  usersStats,
  windowDays,
} from './series.ts'

const NOW = Date.UTC(2026, 2, 1, 23, 59, 59)
const TODAY = Date.UTC(2026, 2, 1)

const counts = fc.array(
  fc.record({
    day: fc.integer({ min: 0, max: 13 }).map((ago) => TODAY - ago * DAY_MS),
    hour: fc.integer({ min: 0, max: 23 }),
    anonymous: fc.boolean(),
    answers: fc.integer({ min: 1, max: 1_000 }),
  }),
)
const total = (answers: AnswerCount[]) => answers.reduce((sum, count) => sum + count.answers, 0)

it('covers two weeks of UTC days, today included, across the end of a month', () => {
  const days = windowDays(NOW)
  expect(days).toHaveLength(14)
  expect(days.at(-1)).toBe(TODAY)
  expect(days[0]).toBe(Date.UTC(2026, 1, 16))
})

it('has every answer once in each series that it belongs to', () => {
  fc.assert(
    fc.property(counts, (answers) => {
      const [all, anonymous, authenticated] = datesStats(windowDays(NOW), answers, []).map(
        ({ values }) => values.map(([, n]) => n ?? 0),
      )
      const sums = [all, anonymous, authenticated].map((n) => n?.reduce((a, b) => a + b, 0) ?? 0)
      expect(sums).toEqual([
        total(answers),
        total(answers.filter((count) => count.anonymous)),
        total(answers.filter((count) => !count.anonymous)),
      ])
      const [hours] = hoursStats(answers)
      expect(hours?.values.reduce((sum, [, n]) => sum + (n ?? 0), 0)).toBe(total(answers))
    }),
  )
})

it('adds completed tasks up and fills days without any', () => {
  const completed = [
    { day: TODAY - 3 * DAY_MS, tasks: 2 },
    { day: TODAY, tasks: 1 },
  ]
  const series = datesStats(windowDays(NOW), [], completed)[3]
  expect(series).toMatchObject({ label: 'Completed Tasks', disabled: 'True' })
  expect(series?.values.slice(-5)).toEqual([
    [TODAY - 4 * DAY_MS, 0],
    [TODAY - 3 * DAY_MS, 2],
    [TODAY - 2 * DAY_MS, 2],
    [TODAY - DAY_MS, 2],
    [TODAY, 3],
  ])
})

it('draws the busiest hour of all with radius five', () => {
  const [all, anonymous, authenticated] = hoursStats([
    { day: TODAY, hour: 9, anonymous: true, answers: 4 },
    { day: TODAY, hour: 9, anonymous: false, answers: 6 },
    { day: TODAY, hour: 10, anonymous: true, answers: 1 },
  ])
  expect(all).toMatchObject({ label: 'Anon + Auth', disabled: 'True', max: 10 })
  expect(all?.values[9]).toEqual([9, 10, 5])
  expect(all?.values[0]).toEqual([0, 0, 0])
  expect(anonymous?.values[10]).toEqual([10, 1, 0.5])
  expect(anonymous?.max).toBe(4)
  expect(authenticated?.max).toBe(6)
  expect(hoursStats([]).map(({ max }) => max)).toEqual([null, null, null])
})

it('lists everybody and names five', () => {
  const topAnonymous = Array.from({ length: 7 }, (_, at) => ({ label: `ip${at}`, answers: 9 - at }))
  const stats = usersStats({ anonymous: 30, authenticated: 0, topAnonymous, topAuthenticated: [] })
  expect(stats.anon.values).toHaveLength(7)
  expect(stats.anon.top5).toHaveLength(5)
  expect(stats).toMatchObject({ n_anon: 30, n_auth: 0, auth: { values: [], top5: [] } })
})
