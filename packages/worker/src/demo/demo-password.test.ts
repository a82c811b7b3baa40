import { expect, it } from 'vitest'
import { demoPassword } from './demo-password.ts'

it('is the same at every start, so that it can be shown again', () => {
  expect(demoPassword('a secret of the server', 'demo')).toBe(
    demoPassword('a secret of the server', 'demo'),
  )
})

it('can be read aloud and typed', () => {
  for (const name of Array.from({ length: 200 }, (_, n) => `crowd-${n}`)) {
    expect(demoPassword('a secret of the server', name)).toMatch(
      /^[a-km-np-z2-9]{4}-[a-km-np-z2-9]{4}-[a-km-np-z2-9]{4}$/,
    )
  }
})

it('differs between servers and between accounts', () => {
  const passwords = ['one', 'another'].flatMap((secret) =>
    ['demo', 'crowd-001'].map((name) => demoPassword(secret, name)),
  )
  expect(new Set(passwords).size).toBe(4)
})
