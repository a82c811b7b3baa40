import { expect, it } from 'vitest'
import { Register } from './contract.ts'
import { outsideNames } from './outside-name.ts'

const first = (...hints: (string | undefined)[]) => outsideNames(...hints).next().value

it.each([
  [['ada'], 'ada'],
  [['Ada Lovelace'], 'Ada-Lovelace'],
  [['ada@example.org'], 'ada'],
  [['/etc/passwd?'], 'etc-passwd'],
  [['ab', 'charles'], 'charles'],
  [['', undefined, '??'], 'volunteer'],
  [['Ἀριστοτέλης'], 'Ἀριστοτέλης'.normalize('NFKC')],
  [['x'.repeat(80)], 'x'.repeat(35)],
])('makes of %j the name %s', (hints, name) => {
  expect(first(...hints)).toBe(name)
})

it('goes on with others when a name is taken, all of them fit for registering', () => {
  const names = [...outsideNames('x'.repeat(35))]
  expect(new Set(names).size).toBeGreaterThan(30)
  for (const name of names) expect(Register.shape.name.safeParse(name).success).toBe(true)
})
