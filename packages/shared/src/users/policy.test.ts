import { describe, expect, it } from 'vitest'
import {
  type Caller,
  detailFor,
  mayAdministerUsers,
  mayDropAdmin,
  mayReadUser,
  mayUpdateUser,
  STRANGER,
} from './policy.ts'

const CALLERS: Record<string, Caller> = {
  anonymous: STRANGER,
  stranger: { ...STRANGER, userId: 1 },
  self: { ...STRANGER, userId: 7 },
  pro: { ...STRANGER, userId: 2, isPro: true },
  subadmin: { ...STRANGER, userId: 3, isSubadmin: true },
  admin: { ...STRANGER, userId: 4, isAdmin: true },
}
const caller = (name: string): Caller => CALLERS[name] ?? STRANGER

describe.each([
  { who: 'anonymous', open: 'open', closed: 'name', restricted: false, update: false },
  { who: 'stranger', open: 'open', closed: 'name', restricted: false, update: false },
  { who: 'pro', open: 'open', closed: 'name', restricted: false, update: false },
  { who: 'subadmin', open: 'open', closed: 'name', restricted: false, update: false },
  { who: 'admin', open: 'all', closed: 'all', restricted: false, update: true },
  { who: 'self', open: 'all', closed: 'all', restricted: true, update: true },
])('$who', ({ who, open, closed, restricted, update }) => {
  const user = { id: 7, restrict: false, privacyMode: true }
  it(`sees ${open} of an open account, ${closed} of a private one`, () => {
    expect(detailFor(caller(who), { ...user, privacyMode: false })).toBe(open)
    expect(detailFor(caller(who), user)).toBe(closed)
    expect(mayReadUser(caller(who), user)).toBe(true)
  })
  it(`sees a restricted account: ${restricted}`, () => {
    expect(mayReadUser(caller(who), { ...user, restrict: true })).toBe(restricted)
  })
  it(`changes it: ${update}`, () => {
    expect(mayUpdateUser(caller(who), user)).toBe(update)
  })
  it('administers only as admin', () => {
    expect(mayAdministerUsers(caller(who))).toBe(who === 'admin')
  })
})

it.each([
  ['another of two', 'admin', 7, [4, 7], true],
  ['the last one', 'admin', 7, [7], false],
  ['their own', 'admin', 4, [4, 7], false],
  ['anybody, as moderator', 'subadmin', 7, [4, 7], false],
])('an admin role is dropped: %s', (_what, who, id, admins, expected) => {
  expect(mayDropAdmin(caller(who), { id }, admins)).toBe(expected)
})
