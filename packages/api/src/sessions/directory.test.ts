import { expect, it } from 'vitest'
import { keyAttribute, userFilter } from './directory.ts'

it.each([
  ['ada', '(uid=ada)'],
  ['*', '(uid=\\2a)'],
  ['*)(uid=*', '(uid=\\2a\\29\\28uid=\\2a)'],
  ['a\\b', '(uid=a\\5cb)'],
  ['a\0b', '(uid=a\\00b)'],
  ['$&', '(uid=$&)'],
  ['{login}', '(uid={login})'],
])('keeps %j a value of the filter', (login, filter) => {
  expect(userFilter('(uid={login})', login)).toBe(filter)
})

it('puts the name in wherever the filter asks for it', () => {
  expect(userFilter('(|(uid={login})(mail={login}))', 'x*')).toBe('(|(uid=x\\2a)(mail=x\\2a))')
})

it.each([
  ['(uid={login})', 'uid'],
  ['(&(objectClass=person)(sAMAccountName={login}))', 'sAMAccountName'],
  ['(|(mail={login})(uid={login}))', 'mail'],
  ['(member-id:caseExactMatch:={login})', 'member-id'],
])('knows people by what %s compares', (template, attribute) => {
  expect(keyAttribute(template)).toBe(attribute)
})
