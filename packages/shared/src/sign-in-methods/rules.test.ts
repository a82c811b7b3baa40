import { expect, it } from 'vitest'
import { type AccountFacts, countWays, isLastWay, type SiteFacts } from './rules.ts'

const account: AccountFacts = {
  hasPassword: false,
  isAdmin: false,
  isInDirectory: false,
  passkeys: 0,
  issuers: [],
}
const site: SiteFacts = { hasDirectory: false, hasPasskeys: true, issuer: 'https://id.example' }

const one = 1
it.each<[string, Partial<AccountFacts>, Partial<SiteFacts>, number]>([
  ['nothing', {}, {}, 0],
  ['a password', { hasPassword: true }, {}, one],
  ['a password under a directory', { hasPassword: true }, { hasDirectory: true }, 0],
  [
    'an administrator under a directory',
    { hasPassword: true, isAdmin: true },
    { hasDirectory: true },
    one,
  ],
  ['an entry of the directory', { isInDirectory: true }, { hasDirectory: true }, one],
  ['an entry of a directory that is gone', { isInDirectory: true }, {}, 0],
  ['two passkeys', { passkeys: 2 }, {}, 2],
  ['passkeys where they do not work', { passkeys: 2 }, { hasPasskeys: false }, 0],
  ['an identity', { issuers: ['https://id.example'] }, {}, one],
  ['an identity of a provider that is gone', { issuers: ['https://old.example'] }, {}, 0],
])('%s', (_what, facts, settings, expected) => {
  const ways = countWays({ ...account, ...facts }, { ...site, ...settings })
  expect(Object.values(ways).reduce((sum, n) => sum + n)).toBe(expected)
  expect(isLastWay(ways)).toBe(expected <= 1)
})
