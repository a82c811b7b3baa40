import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scalarToCell, toCell } from './csv-cell.ts'

it('is read back as it was written, with an apostrophe before what a spreadsheet would run', () => {
  const formula = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const [record] = parse(`first,${toCell(text)},last\n`)
      const number = Number.isFinite(Number(text)) && text.trim() === text
      const expected = formula.test(text) && !number ? `'${text}` : text
      expect(record).toEqual(['first', expected, 'last'])
    }),
  )
})

it.each([
  ['=1+1', "'=1+1"],
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ['+cmd', "'+cmd"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', `"'\r=1"`],
  ['＝1', "'＝1"],
])('does not let %j run', (text, cell) => {
  expect(toCell(text)).toBe(cell)
})

it.each(['-70.5', '+3', '-1e-7', '-.5', 'a=b', ''])('leaves %j as it is', (text) => {
  expect(toCell(text)).toBe(text)
})

it('spells scalars as the original does', () => {
  expect([true, false, null, -0.5, 1e21, 'text'].map(scalarToCell)).toEqual([
    'True',
    'False',
    '',
    '-0.5',
    '1e+21',
    'text',
  ])
})
