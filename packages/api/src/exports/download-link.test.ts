import { Secrets } from '@manyhands/shared/secrets/secrets'
import { expect, it } from 'vitest'
import { createDownloadLink, isValidLink } from './download-link.ts'

const secrets = new Secrets('a secret for this test')
const NOW = Date.parse('2026-01-01T00:00:00Z')
const DAY_MS = 86_400_000

it('opens its own export until it expires, and nothing else', () => {
  const url = new URL(createDownloadLink(secrets, 'one', NOW), 'http://localhost')
  const { expires, signature } = Object.fromEntries(url.searchParams)
  expect(isValidLink(secrets, 'one', expires, signature, NOW)).toBe(true)
  expect(isValidLink(secrets, 'two', expires, signature, NOW)).toBe(false)
  expect(isValidLink(secrets, 'one', String(Number(expires) + 3_600), signature, NOW)).toBe(false)
  expect(isValidLink(secrets, 'one', expires, signature, NOW + 2 * DAY_MS)).toBe(false)
  expect(isValidLink(new Secrets('another secret entirely'), 'one', expires, signature, NOW)).toBe(
    false,
  )
  expect(isValidLink(secrets, 'one', undefined, undefined, NOW)).toBe(false)
})
