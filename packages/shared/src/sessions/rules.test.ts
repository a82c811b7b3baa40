import { expect, it } from 'vitest'
import { safeNext } from './rules.ts'

const origin = 'https://manyhands.example'

it('leads back to where one was', () => {
  expect(safeNext('/project/birds/newtask?a=1#x', origin)).toBe('/project/birds/newtask?a=1#x')
})

it.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  'javascript:alert(1)',
])('leads home instead of to %j', (next) => {
  expect(safeNext(next, origin)).toBe('/')
})
