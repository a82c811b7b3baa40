import { expect, it } from 'vitest'
import { slugify } from './slugify.ts'

it.each([
  ['Birds of the Estuary', 'birds-of-the-estuary'],
  ['  Église & Cité! ', 'eglise-cite'],
  ['Ship logs of 1862', 'ship-logs-of-1862'],
  ['鳥の調査', '鳥の調査'],
  ['???', ''],
])('makes an address of %j', (name, address) => {
  expect(slugify(name)).toBe(address)
})

it('ends on a letter however long the name is', () => {
  expect(slugify('one two', 4)).toBe('one')
})
