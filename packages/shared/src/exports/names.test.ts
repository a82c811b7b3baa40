import fc from 'fast-check'
import { expect, it } from 'vitest'
import { exportFileName, exportStorageKey, memberName, safeShortName } from './names.ts'

it('names the file after project, type and format', () => {
  const name = { projectId: 12, shortName: 'owls', type: 'task_run', format: 'csv' } as const
  expect(exportFileName(name)).toBe('12_owls_task_run_csv.zip')
  expect(exportStorageKey(12, 'abc', '12_owls_task_run_csv.zip')).toBe(
    'exports/12/abc/12_owls_task_run_csv.zip',
  )
  expect(memberName('owls', 'task', 'csv')).toBe('owls_task.csv')
  expect(memberName('owls', 'task', 'info_only')).toBe('owls_task_info_only.csv')
  expect(memberName('owls', 'result', 'json')).toBe('owls_result.json')
})

it.each([
  ['Ägypten-Straße', 'Agypten-Strasse'],
  ['søk_etter_ål', 'sok_etter_al'],
  ['../../etc', 'etc'],
  ['猫', 'project'],
  ['...', 'project'],
])('writes %s as %s', (shortName, safe) => {
  expect(safeShortName(shortName)).toBe(safe)
})

it('is a plain file name, whatever the project is called', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (shortName) => {
      expect(safeShortName(shortName)).toMatch(
        /^[A-Za-z0-9-]([A-Za-z0-9._-]{0,148}[A-Za-z0-9_.-])?$/,
      )
    }),
  )
})
