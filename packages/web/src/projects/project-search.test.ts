import { expect, it } from 'vitest'
import { parseProjectSearch } from './project-search.ts'

it('reads the filter from the address', () => {
  expect(parseProjectSearch({ search: ' birds ', sort: 'newest' })).toEqual({
    search: 'birds',
    sort: 'newest',
  })
})

it('leaves out what it does not understand', () => {
  expect(parseProjectSearch({ search: ['x'], sort: 'drop table', page: 3 })).toEqual({})
})

it('finds a number that somebody searches for', () => {
  expect(parseProjectSearch({ search: 1862 })).toEqual({ search: '1862' })
})
