import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scalarToCell } from './csv-cell.ts'
import { flatten, Place } from './flatten.ts'

function flat(value: unknown): Array<[string | undefined, string]> {
  const cells: Array<[string | undefined, string]> = []
  flatten(new Place(), value, (place, cell) => cells.push([place.path, cell]))
  return cells
}

it.each([
  ['a scalar', 'owl', [[undefined, 'owl']]],
  ['null', null, [[undefined, '']]],
  ['nothing in an object', {}, []],
  ['nothing in a list', [], []],
  ['levels', { a: { b: 1 }, c: { d: [] } }, [['a_b', '1']]],
  [
    'positions',
    ['x', { y: true }],
    [
      ['0', 'x'],
      ['1_y', 'True'],
    ],
  ],
  [
    'an empty key',
    { '': 1, a: { '': 2 } },
    [
      ['', '1'],
      ['a_', '2'],
    ],
  ],
  [
    'names of every object',
    { constructor: 1, __proto__x: 2 },
    [
      ['constructor', '1'],
      ['__proto__x', '2'],
    ],
  ],
])('flattens %s', (_, value, cells) => {
  expect(flat(value)).toEqual(cells)
})

it('keeps the keys of JSON that JavaScript knows otherwise', () => {
  expect(flat(JSON.parse('{"__proto__": {"a": 1}}'))).toEqual([['__proto___a', '1']])
})

it('has a cell for every scalar, in order', () => {
  const scalars = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(scalars) : [value]
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(flat(value).map(([, cell]) => cell)).toEqual(scalars(value).map(scalarToCell))
    }),
  )
})

it('knows a place again', () => {
  const root = new Place()
  expect(root.at('a').at('b')).toBe(root.at('a').at('b'))
  expect(root.at('a').at('b')).not.toBe(root.at('a_b'))
  expect(root.at('a').at('b').path).toBe(root.at('a_b').path)
})
