import { expect, it } from 'vitest'
import { PermanentError } from '../queues/permanent-error.ts'
import { CsvSheets, headerOf } from './csv-sheets.ts'

const MOMENT = '2026-01-02 03:04:05'

/** A line of COPY text: a result with this `info`. */
function line(id: number, info: unknown): string {
  const text = info === undefined ? '\\N' : JSON.stringify(info).replaceAll('\\', '\\\\')
  return [id, MOMENT, 7, id * 10, '{1,2}', 't', text].join('\t')
}

function sheetsOf(...infos: unknown[]) {
  const sheets = new CsvSheets('result')
  const lines = infos.map((info, at) => line(at + 1, info))
  sheets.format(lines)
  const { rows, infos: infoRecords } = sheets.format(lines)
  return { sheets, rows: headerOf(sheets.rows) + rows, infos: headerOf(sheets.infos) + infoRecords }
}

it('writes the columns of the wire, then those that info has', () => {
  expect(sheetsOf({ label: 'owl, grey' }, undefined).rows).toBe(
    [
      'id,created,project_id,task_id,task_run_ids,last_version,info_label,info',
      '1,2026-01-02T03:04:05,7,10,"[1, 2]",True,"owl, grey",',
      '2,2026-01-02T03:04:05,7,20,"[1, 2]",True,,',
      '',
    ].join('\n'),
  )
})

it('lets the later of two values of one name stay', () => {
  const { rows, infos } = sheetsOf({ a: { b: 1 }, a_b: 2 })
  expect(rows.split('\n')[1]).toMatch(/,2$/)
  expect(infos).toBe('a_b,result_id\n2,1\n')
})

it('puts the id in place of a key of its name', () => {
  expect(sheetsOf({ result_id: 99, x: 1 }).infos).toBe('result_id,x\n1,1\n')
})

it('has a record in the second file for each object only', () => {
  const { infos } = sheetsOf('text', 5, null, {}, [], [1, { a: 'x' }, ['y'], null, {}], { a: 'z' })
  expect(infos).toBe('a,result_id\nx,6\n,6\nz,7\n')
})

it('reads what COPY has escaped', () => {
  const { infos } = sheetsOf({ text: 'a "quote"\n\ttab and \\ back' })
  expect(infos).toBe('text,result_id\n"a ""quote""\n\ttab and \\ back",1\n')
})

it('says when there are more columns than before', () => {
  const { sheets } = sheetsOf({ a: 1 })
  const before = sheets.width
  sheets.format([line(2, { a: 2 })])
  expect(sheets.width).toBe(before)
  sheets.format([line(3, { b: 2 })])
  expect(sheets.width).toBe(before + 2)
})

it('refuses more columns than a spreadsheet has', () => {
  const wide = Object.fromEntries(Array.from({ length: 17_000 }, (_, at) => [`k${at}`, at]))
  expect(() => sheetsOf(wide)).toThrow(PermanentError)
})
