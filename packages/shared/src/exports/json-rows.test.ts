import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { Result } from '../results/contract.ts'
import { TaskRun } from '../task-runs/contract.ts'
import { Task } from '../tasks/contract.ts'
import { EXPORT_COLUMNS } from './columns.ts'
import { jsonRowWriter } from './json-rows.ts'

it('reads what COPY has escaped, of every text and every value', () => {
  const write = jsonRowWriter('task_run')
  const text = fc.string({ unit: 'binary' }).filter((given) => !given.includes('\0'))
  fc.assert(
    fc.property(fc.option(text), fc.jsonValue({ noUnicodeString: false }), (uid, info) => {
      const fields = [
        '1',
        '2026-01-02 03:04:05.12',
        '2',
        '3',
        '\\N',
        '\\N',
        '2026-01-02 03:04:05.123456',
      ]
      const escaped = [copyText(uid), '\\N', copyText(JSON.stringify(info))]
      const line = [...fields, '\\N', '\\N', ...escaped].join('\t')
      expect(JSON.parse(write(line))).toEqual({
        id: 1,
        created: '2026-01-02T03:04:05.120000',
        project_id: 2,
        task_id: 3,
        user_id: null,
        user_ip: null,
        finish_time: '2026-01-02T03:04:05.123456',
        timeout: null,
        calibration: null,
        external_uid: uid,
        media_url: null,
        info: JSON.parse(JSON.stringify(info)),
      })
    }),
  )
})

it.each([
  ['task', Task],
  ['task_run', TaskRun],
  ['result', Result],
] as const)('shows of a %s the columns that the API shows', (type, contract) => {
  const shown = Object.entries(contract.shape)
    // What only some requests ask for is no column.
    .filter(([, schema]) => !(schema instanceof z.ZodOptional))
    .map(([name]) => name)
  expect(EXPORT_COLUMNS[type].map(({ name }) => name)).toEqual(shown)
})

/** As PostgreSQL escapes a value (manual of COPY, "Text Format"). */
function copyText(text: string | null): string {
  if (text === null) return '\\N'
  const letters: Record<string, string> = {
    '\\': '\\\\',
    '\b': '\\b',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
  }
  return text.replace(/[\\\b\f\n\r\t\v]/g, (letter) => letters[letter] ?? letter)
}
