import { expect, it } from 'vitest'
import type { UserRow } from './table.ts'
import { toUserView } from './view.ts'

const SECRETS = { passwdHash: 'HASH', apiKeySealed: 'KEY', otpSecretSealed: 'OTP', ckanApi: 'CKAN' }
const row = {
  id: 7,
  name: 'ada',
  fullname: 'Ada Lovelace',
  locale: 'en',
  created: '2026-01-01T00:00:00',
  emailAddr: 'ada@example.org',
  info: { extra: { badge: 1 } },
  ...SECRETS,
} as unknown as UserRow

it.each([
  ['name', ['locale', 'name']],
  ['open', ['created', 'fullname', 'locale', 'name']],
  [
    'all',
    [
      'created',
      'email_addr',
      'fullname',
      'id',
      'info',
      'locale',
      'n_answers',
      'name',
      'rank',
    ].concat(['registered_ago', 'score']),
  ],
] as const)('%s lets through %j and no secret', (detail, fields) => {
  const view = toUserView(row, detail)
  expect(Object.keys(view).sort()).toEqual(fields)
  for (const secret of Object.values(SECRETS)) expect(JSON.stringify(view)).not.toContain(secret)
})
