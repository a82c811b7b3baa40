import { expect, it } from 'vitest'
import { mayChangeSignIn } from './policy.ts'

it.each([
  ['nobody', null, null, false],
  ['a script with a key', 7, 'api-key', false],
  ['a signed-in person', 7, 'session', true],
] as const)(
  'lets %s change how the account signs in: %s %s %s',
  (_who, userId, signedInWith, may) => {
    expect(mayChangeSignIn({ userId, signedInWith })).toBe(may)
  },
)
