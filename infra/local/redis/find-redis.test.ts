import { expect, it } from 'vitest'
import { isNewEnough } from './find-redis.ts'

it.each([
  ['Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64', true],
  ['Valkey server v=8.0.1 sha=00000000:0', true],
  ['Redis server v=6.2.0 sha=00000000:0', true],
  ['Redis server v=6.0.16 sha=00000000:0', false],
  ['Redis server v=5.0.3 sha=00000000:0', false],
  ['something else', false],
])('judges the version in "%s"', (version, answer) => {
  expect(isNewEnough(version)).toBe(answer)
})
