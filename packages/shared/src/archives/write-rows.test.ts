import { expect, it } from 'vitest'
import { writeArchive } from './write-rows.ts'

async function* pages() {
  yield [
    { id: 1, info: { b: '=1+1', a: [1] }, task_id: 3 },
    { id: 2, info: '=cmd()', external_uid: 'x,y' },
  ]
  yield []
  yield [{ id: 5, info: null }]
}

const written = async (format: 'json' | 'csv' | 'ndjson') => {
  let text = ''
  for await (const piece of writeArchive({ type: 'task_run', format }, pages())) text += piece
  return text
}

it('writes JSON that can be read as a whole, in the order of the wire', async () => {
  const rows = JSON.parse(await written('json'))
  expect(rows.map((row: { id: number }) => row.id)).toEqual([1, 2, 5])
  expect(Object.keys(rows[0]).slice(0, 4)).toEqual(['id', 'created', 'project_id', 'task_id'])
})

it('writes JSON that can be read line by line', async () => {
  const rows = (await written('ndjson')).trim().split('\n')
  expect(rows.map((line) => JSON.parse(line).id)).toEqual([1, 2, 5])
})

it('writes CSV in which nothing runs', async () => {
  const [header, first, second] = (await written('csv')).split('\n')
  expect(header).toMatch(/^id,created,project_id,task_id,.*,info$/)
  expect(first).toContain('"{""b"":""=1+1"",""a"":[1]}"')
  expect(second).toMatch(/,"x,y",,'=cmd\(\)$/)
})

it('writes an empty list when there is nothing', async () => {
  const none = (async function* () {})()
  let text = ''
  for await (const piece of writeArchive({ type: 'result', format: 'json' }, none)) text += piece
  expect(JSON.parse(text)).toEqual([])
})
