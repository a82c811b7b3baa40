import { expect, it } from 'vitest'
import { STRANGER } from '../users/policy.ts'
import { mayDeleteTask } from './policy.ts'

const project = { ownersIds: [5] }

it.each([
  ['an owner', { ...STRANGER, userId: 5 }, true, false],
  ['an admin', { ...STRANGER, userId: 9, isAdmin: true }, true, true],
  ['a sub-admin', { ...STRANGER, userId: 9, isSubadmin: true }, false, false],
  ['somebody else', { ...STRANGER, userId: 9 }, false, false],
  ['a stranger', STRANGER, false, false],
])(
  '%s deletes a task without a result, and one with a result',
  (_who, caller, without, withOne) => {
    expect(mayDeleteTask(caller, project, false)).toBe(without)
    expect(mayDeleteTask(caller, project, true)).toBe(withOne)
  },
)
