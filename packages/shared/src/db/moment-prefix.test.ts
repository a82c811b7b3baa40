import { expect, it } from 'vitest'
import { momentRange } from './moment-prefix.ts'

it.each([
  ['2015', '2015-01-01T00:00:00Z', '1 year'],
  ['201', '2010-01-01T00:00:00Z', '10 years'],
  ['2015-', '2015-01-01T00:00:00Z', '1 year'],
  ['2015-05', '2015-05-01T00:00:00Z', '1 month'],
  ['2015-1', '2015-10-01T00:00:00Z', '3 months'],
  ['2015-0', '2015-01-01T00:00:00Z', '9 months'],
  ['2015-02-2', '2015-02-20T00:00:00Z', '9 days'],
  ['2015-05-03', '2015-05-03T00:00:00Z', '1 day'],
  ['2015-05-03T2', '2015-05-03T20:00:00Z', '4 hours'],
  ['2015-05-03T10:1', '2015-05-03T10:10:00Z', '10 minutes'],
  ['2015-05-03T10:11:12', '2015-05-03T10:11:12Z', '1 second'],
  ['2015-05-03T10:11:12.3', '2015-05-03T10:11:12.3Z', '100000 microseconds'],
  ['2015-05-03T10:11:12.345678', '2015-05-03T10:11:12.345678Z', '1 microseconds'],
])('%s begins the times from %s on, for %s', (text, from, length) => {
  expect(momentRange(text)).toEqual({ from, length })
})

it.each([
  '',
  'yesterday',
  '2015-13',
  '2015-02-30',
  '2015-05-03T24',
  '2015/05',
  '2015-05-03T10:11:12.1234567',
])('no time begins with %j', (text) => {
  expect(momentRange(text)).toBeUndefined()
})
