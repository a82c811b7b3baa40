import { expect, it } from 'vitest'
import { isReservedName, ownInfo } from './rules.ts'

it.each([
  ['admin', true],
  ['Erased', true],
  ['SIGN-IN', true],
  ['ada', false],
  ['administrate', false],
])('the name %s is reserved: %s', (name, reserved) => {
  expect(isReservedName(name)).toBe(reserved)
})

const stored = { avatar: 'a.png', extra: { badge: 1 }, note: 'mine' }

it.each([
  [
    'keeps what is not theirs',
    { note: 'new' },
    { avatar: 'a.png', extra: { badge: 1 }, note: 'new' },
  ],
  ['forgets their own keys that are not sent', {}, { avatar: 'a.png', extra: { badge: 1 } }],
  ['takes what was sent back unchanged', stored, stored],
])('info %s', (_what, sent, info) => {
  expect(ownInfo(stored, sent)).toEqual({ info })
})

it.each([
  ['extra', { extra: { badge: 2 } }],
  ['avatar', { avatar: null }],
  ['avatar_url', { avatar_url: 'https://example.org/other.png' }],
])('info.%s is not changed by its person', (key, sent) => {
  expect(ownInfo(stored, sent)).toEqual({ info: stored, refused: key })
})
