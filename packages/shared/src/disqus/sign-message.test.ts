import { expect, it } from 'vitest'
import { signMessage } from './sign-message.ts'

const ANNE = { id: 7, username: 'anne', email: 'anne@example.org' }

// The signatures were made with `printf '%s' "$message $time" | openssl dgst -sha1 -hmac secret`.
it('signs a person', () => {
  expect(signMessage(ANNE, 'secret', 1_700_000_000)).toBe(
    'eyJpZCI6NywidXNlcm5hbWUiOiJhbm5lIiwiZW1haWwiOiJhbm5lQGV4YW1wbGUub3JnIn0= f970af705dcf2dc73b53753fd1dde2772ff96f91 1700000000',
  )
})

it('signs nobody as an empty message', () => {
  expect(signMessage(null, 'secret', 1_700_000_000)).toBe(
    'e30= 980c05a546ed05d0ca0cc4e2a6b51c16a801ba64 1700000000',
  )
})
