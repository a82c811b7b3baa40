import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { Secrets } from '../secrets/secrets.ts'
import { mailedLinkToken, readMailedLinkToken } from './token.ts'

const secrets = new Secrets('a secret for this test')

it('opens its own link for its own purpose and nothing else', () => {
  const id = randomUUID()
  const token = mailedLinkToken(secrets, { id, purpose: 'reset-password' })
  expect(readMailedLinkToken(secrets, 'reset-password', token)).toBe(id)
  expect(readMailedLinkToken(secrets, 'confirm-email', token)).toBeUndefined()
  expect(
    readMailedLinkToken(new Secrets('another secret'), 'reset-password', token),
  ).toBeUndefined()
  const other = token.replace(id, randomUUID())
  expect(readMailedLinkToken(secrets, 'reset-password', other)).toBeUndefined()
  for (const bad of ['', id, `${id}.`, `${token}x`, token.slice(1)]) {
    expect(readMailedLinkToken(secrets, 'reset-password', bad)).toBeUndefined()
  }
})
