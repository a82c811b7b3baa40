import { expect, it } from 'vitest'
import { readCode, showRecoveryCode } from './rules.ts'

it.each(['123456', ' 123 456 ', '123-456'])('reads %j as a one-time code', (typed) => {
  expect(readCode(typed)).toEqual({ kind: 'one-time-code', code: '123456' })
})

it.each(['0abcd-efgh1', 'OABCD EFGHI', 'oabcdefghl'])('reads %j as a recovery code', (typed) => {
  expect(readCode(typed)).toEqual({ kind: 'recovery-code', code: '0abcdefgh1' })
})

it.each(['', '12345', '1234567', 'abcde-fghu', '１２３４５６', 'abcdefghjkm'])(
  'takes %j for no code at all',
  (typed) => {
    expect(readCode(typed)).toBeUndefined()
  },
)

it('shows a recovery code so that it is read back the same', () => {
  expect(showRecoveryCode('0abcdefgh1')).toBe('0abcd-efgh1')
  expect(readCode(showRecoveryCode('0abcdefgh1'))?.code).toBe('0abcdefgh1')
})
